// For developers: what went over the wire, and the switches that break it.

import { el, post, toast } from "./dom.js";
import { secondsText } from "./time.js";

const KEPT = 200;
const SWITCHES = {
  platform_down: ["平台故障", "所有接口返回 HTTP 500"],
  platform_hanging: ["平台无响应", "接口一直不返回"],
  window_closed: ["客服窗口关闭", "客服消息一律 45015"],
  token_refused: ["令牌被拒", "access_token 一律 40001"],
  template_blocked: ["模板被拒收", "回执 failed:user block"],
  repeat_pushes: ["重复推送", "同一消息同时推送三次"],
};

// XML in one line -> one element a line; text and CDATA stay as they are.
function laidOut(text) {
  if (!text.startsWith("<xml>")) return text;
  let depth = 0;
  const tokens = text.match(/<!\[CDATA\[[\s\S]*?\]\]>|<\/?[^>]+>|[^<]+/g) || [];
  let out = "";
  let leafOpen = false;
  for (const token of tokens.filter((one) => one.trim())) {
    const closing = token.startsWith("</");
    const opening = !closing && /^<\w/.test(token);
    if (closing) depth -= 1;
    const newLine = (opening || (closing && !leafOpen)) && out;
    out += (newLine ? `\n${"  ".repeat(depth)}` : "") + token;
    leafOpen = opening || (leafOpen && !closing);
    if (opening) depth += 1;
  }
  return out;
}

export function addExchange(exchange) {
  const list = document.getElementById("exchanges");
  document.getElementById("dev-none").hidden = true;
  const push = exchange.way === "push";
  const part = (label, text) => (text ? [el("h4", { text: label }), el("pre", { text: laidOut(text) })] : []);
  const bad = /错误|失败|超时|不一致|不对|缺少|HTTP [45]|"errcode": ?[1-9-]/.test(exchange.note + (push ? "" : exchange.response));
  const item = el("details", { class: bad ? "bad" : "" },
    el("summary", {},
      el("i", { class: push ? "in" : "out", text: push ? "推送" : "接口" }),
      el("b", { text: exchange.title }),
      el("time", { text: secondsText(exchange.at) }),
      exchange.note ? el("small", { text: exchange.note }) : null),
    ...part(push ? "平台 → 公众号（解密后）" : "公众号 → 平台", exchange.request),
    ...part(push ? "公众号的回复（解密后）" : "平台的答复", exchange.response));
  list.prepend(el("li", {}, item));
  while (list.childElementCount > KEPT) list.lastElementChild.remove();
}

export function clearExchanges() {
  document.getElementById("exchanges").replaceChildren();
  document.getElementById("dev-none").hidden = false;
}

export function showTrouble(trouble) {
  document.getElementById("lamp").classList.toggle("on", Object.values(trouble).some(Boolean));
  for (const [name, on] of Object.entries(trouble)) document.getElementById(`switch-${name}`).checked = on;
}

function buildSwitches() {
  const rows = Object.entries(SWITCHES).map(([name, [label, meaning]]) => {
    const box = el("input", { type: "checkbox", role: "switch", id: `switch-${name}`, onchange: () => post("trouble", { [name]: box.checked }) });
    return el("label", { class: "switch" }, el("span", {}, el("b", { text: label }), el("small", { text: meaning })), box);
  });
  document.getElementById("switches").replaceChildren(...rows);
}

function buildCrowd() {
  const form = document.getElementById("crowd");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const data = new FormData(form);
    const answer = await post("crowd", { text: data.get("text"), count: Number(data.get("count")) });
    if (answer) toast(`${answer.sent} 位居民同时发言，${answer.answered} 位得到答复，其中不同的答复 ${new Set(answer.replies).size} 种`);
  });
}

export function start() {
  buildSwitches();
  buildCrowd();
  const panel = document.getElementById("dev");
  const toggle = document.getElementById("dev-toggle");
  toggle.addEventListener("click", () => {
    panel.hidden = !panel.hidden;
    toggle.setAttribute("aria-expanded", String(!panel.hidden));
  });
  document.getElementById("dev-clear").addEventListener("click", clearExchanges);
  const pop = document.getElementById("trouble");
  document.addEventListener("click", (event) => {
    if (!pop.contains(event.target)) pop.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") pop.open = false;
  });
}
