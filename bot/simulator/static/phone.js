// One resident's phone: the chat, the composer, the account's menu.

import { el, icon, post } from "./dom.js";
import { face, line } from "./entries.js";
import * as sheets from "./sheets.js";
import { left, stamp } from "./time.js";

const PAUSE_MS = 5 * 60 * 1000; // WeChat prints the time again after a pause like this.
const TOOLS = [["photo", "照片"], ["place", "位置"], ["scan", "扫一扫"], ["voice", "语音"], ["video", "视频"]];
const OPENS = { location_select: "place", scancode_push: "scan", scancode_waitmsg: "scan", pic_sysphoto: "photo", pic_photo_or_album: "photo", pic_weixin: "photo" };

export class Phone {
  constructor(resident, shared) {
    this.resident = resident;
    this.shared = shared;
    this.waiting = 0;
    this.act = this.act.bind(this);
    this.tap = (text, id) => this.act("tap", { text, id });
    this.build();
    this.update(resident);
    this.setMenu(shared.menu);
  }

  build() {
    this.title = el("h2", { text: this.shared.account });
    this.window = el("span", { class: "window" });
    this.log = el("div", { class: "log", role: "log", tabindex: 0, "aria-label": `${this.resident.name}的聊天` });
    this.hint = this.buildHint();
    this.log.append(this.hint);
    new ResizeObserver(() => this.toEnd()).observe(this.log);
    this.following = true;
    this.log.addEventListener("scroll", () => { this.following = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60; });
    // A photo gets its height when it has come; whoever reads further up is left there.
    this.log.addEventListener("load", () => this.following && this.toEnd(), true);
    this.composer = this.buildComposer();
    this.tools = el("div", { class: "tools", hidden: true }, ...TOOLS.map(([name, label]) => this.tool(name, label)));
    this.menu = el("nav", { class: "menu", "aria-label": "公众号菜单", hidden: true });
    this.rejoin = el("div", { class: "rejoin", hidden: true }, el("button", { type: "button", class: "go", text: "重新关注公众号", onclick: () => this.act("follow") }));
    const settings = el("button", { type: "button", class: "bare", "aria-label": "关注与取消关注", onclick: () => sheets.person(this.resident, () => this.sheet("scan")) }, icon("more"));
    const head = el("header", {}, el("span", { class: "bare" }), this.title, settings);
    const screen = el("div", { class: "screen" }, head, this.log, this.composer, this.tools, this.menu, this.rejoin);
    const caption = el("div", { class: "caption" }, face(this.resident), el("b", { text: this.resident.name }), this.window);
    this.element = el("article", { class: "phone", id: `phone-${this.resident.id}`, "data-resident": this.resident.id }, caption, screen);
  }

  buildHint() {
    const examples = this.shared.samples.examples.map((text) =>
      el("button", { type: "button", text, onclick: () => this.act("say", { text }) }));
    return el("div", { class: "hint" }, el("p", { text: "把身边的污染和脏乱告诉我们，说清“什么事、在哪里”就行。点一句试试：" }), ...examples);
  }

  buildComposer() {
    this.input = el("textarea", { rows: 1, maxlength: 2000, "aria-label": `以${this.resident.name}的身份说`, placeholder: "说说什么事、在哪里" });
    const send = el("button", { class: "go send", text: "发送", hidden: true });
    const plus = el("button", { type: "button", class: "bare", "aria-label": "更多", onclick: () => this.showTools(this.tools.hidden) }, icon("plus"));
    const voice = el("button", { type: "button", class: "bare", "aria-label": "语音", onclick: () => this.sheet("voice") }, icon("voice"));
    this.grow = () => {
      this.input.rows = Math.min(4, this.input.value.split("\n").length + Math.floor(this.input.value.length / 26));
      send.hidden = !this.input.value.trim();
      plus.hidden = !send.hidden;
    };
    const form = el("form", { class: "composer", onsubmit: (event) => {
      event.preventDefault();
      const text = this.input.value.trim();
      if (!text) return;
      this.input.value = "";
      this.grow();
      this.act("say", { text });
    } }, voice, this.input, plus, send);
    this.input.addEventListener("input", this.grow);
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    return form;
  }

  draft(text) {
    this.input.value = text;
    this.grow();
  }

  tool(name, label) {
    return el("button", { type: "button", onclick: () => this.sheet(name) }, el("span", {}, icon(name)), label);
  }

  showTools(shown) {
    this.tools.hidden = !shown;
    this.toEnd();
  }

  sheet(name, key = "") {
    this.showTools(false);
    sheets[name](this.act, this.shared.samples, key);
  }

  async act(action, body = {}) {
    this.wait(1);
    const answer = await post(`residents/${this.resident.id}/${action}`, body);
    this.wait(-1);
    return answer;
  }

  wait(step) {
    this.waiting += step;
    this.title.textContent = this.waiting ? "对方正在输入…" : this.shared.account;
  }

  update(resident) {
    this.resident = resident;
    const gone = resident.follows === "left";
    this.composer.hidden = gone;
    this.menu.hidden = gone || !this.menu.childElementCount;
    this.rejoin.hidden = !gone;
    if (gone) this.tools.hidden = true;
    this.showWindow();
  }

  showWindow() {
    const { window: open, follows } = this.resident;
    const states = { never: "尚未关注", left: "已取消关注" };
    this.window.textContent = states[follows] || (open ? `可推送 ${open.left} 条 · 余 ${left(open.until)}` : "客服窗口已关闭");
    this.window.title = "公众号此刻还能主动发给这位居民的客服消息；窗口关闭后只能发模板消息";
    this.window.classList.toggle("open", Boolean(open) && follows === "yes");
  }

  setMenu(buttons) {
    const items = buttons.map((button) => (button.sub_button?.length ? this.submenu(button) : this.leaf(button)));
    this.menu.replaceChildren(...items);
    this.menu.hidden = !items.length || this.resident.follows === "left";
  }

  submenu(button) {
    const group = el("details", { name: `menu-${this.resident.id}` },
      el("summary", {}, icon("bars"), button.name),
      el("div", { class: "subs" }, ...button.sub_button.map((sub) => this.leaf(sub, () => { group.open = false; }))));
    document.addEventListener("click", (event) => {
      if (!group.contains(event.target)) group.open = false;
    });
    return group;
  }

  leaf(button, after = () => {}) {
    return el("button", { type: "button", text: button.name, onclick: () => { after(); this.press(button); } });
  }

  press(button) {
    if (button.type in OPENS) {
      this.sheet(OPENS[button.type], button.key);
      return;
    }
    if (button.type === "view" && /^https?:\/\//i.test(button.url)) window.open(button.url, "_blank", "noopener");
    this.act("click", { key: button.key || button.url });
  }

  add(entry) {
    if (entry.side === "resident") this.hint.remove();
    const moment = Date.parse(entry.at);
    if (!this.last || moment - this.last > PAUSE_MS) this.log.append(el("time", { datetime: entry.at, text: stamp(entry.at) }));
    this.last = moment;
    this.log.append(line(entry, this.resident, this.tap));
    if (this.hint.isConnected) this.log.append(this.hint);
    this.toEnd();
  }

  restamp() {
    for (const time of this.log.querySelectorAll("time")) time.textContent = stamp(time.dateTime);
    this.showWindow();
  }

  toEnd() {
    requestAnimationFrame(() => { this.log.scrollTop = this.log.scrollHeight; });
  }
}
