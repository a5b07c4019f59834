// One entry of a chat -> its bubble, card or grey line.

import { el, icon } from "./dom.js";

const LINK = /<a\s[^>]*?href="([^"]*)"[^>]*>(.*?)<\/a>/gis;
const CHOICE = "weixin://bizmsgmenu?";

// Text of the account may hold links; a choice link is tapped like a menu choice.
export function linked(text, tap) {
  const parts = [];
  let last = 0;
  for (const match of text.matchAll(LINK)) {
    parts.push(text.slice(last, match.index), anchor(unescaped(match[1]), unescaped(match[2]), tap));
    last = match.index + match[0].length;
  }
  parts.push(text.slice(last));
  return parts;
}

function unescaped(text) {
  return text.replace(/&(amp|lt|gt|quot);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"' })[name]);
}

function anchor(href, label, tap) {
  if (href.startsWith(CHOICE)) {
    const query = new URLSearchParams(href.slice(CHOICE.length));
    const text = query.get("msgmenucontent") || label;
    return el("a", { href: "#", class: "choice", text: label, onclick: stop(() => tap(text, query.get("msgmenuid") || "")) });
  }
  return /^https?:\/\//i.test(href) ? el("a", { href, target: "_blank", rel: "noopener noreferrer", text: label }) : label;
}

const stop = (act) => (event) => {
  event.preventDefault();
  act();
};

function picture(source, label) {
  const image = el("img", { src: source, alt: label, loading: "lazy" });
  return el("button", { type: "button", class: "picture", "aria-label": `放大${label}`, onclick: () => enlarge(source, label) }, image);
}

function enlarge(source, label) {
  const dialog = document.getElementById("sheet");
  dialog.className = "modal photo";
  dialog.replaceChildren(el("img", { src: source, alt: label, onclick: () => dialog.close() }));
  dialog.showModal();
}

const bubble = (kind, ...children) => el("div", { class: `bubble ${kind}` }, ...children);

const draw = {
  text: ({ content }, tap) => bubble("text", ...linked(content.text, tap)),

  image: ({ content }) => picture(`media/${encodeURIComponent(content.media)}`, "照片"),

  voice({ content }) {
    const sound = bubble("voice", icon("wave"), el("span", { text: `${content.seconds}″` }));
    sound.dataset.length = content.seconds > 20 ? "long" : content.seconds > 8 ? "middle" : "short";
    const words = content.words ? el("div", { class: "words", text: content.words }) : null;
    return el("div", { class: "stack" }, sound, words);
  },

  video: ({ content }) =>
    el("div", { class: "picture film" }, el("img", { src: `media/${encodeURIComponent(content.thumb)}`, alt: "视频" }), icon("play")),

  place: ({ content }) =>
    el("div", { class: "place" },
      el("b", { text: content.label || "所选位置" }),
      el("span", { text: `${content.latitude.toFixed(5)}, ${content.longitude.toFixed(5)}` }),
      el("div", { class: "map" }, icon("place"))),

  menu: ({ content }, tap) =>
    bubble("text choices",
      content.head ? el("p", { text: content.head }) : null,
      ...content.choices.map(({ id, text }) => el("a", { href: "#", class: "choice", text, onclick: stop(() => tap(text, id)) })),
      content.tail ? el("p", { text: content.tail }) : null),

  card({ content }) {
    const rows = content.rows.map(({ label, value }) => el("div", {}, el("dt", { text: label }), el("dd", { text: value })));
    const open = /^https?:\/\//i.test(content.url)
      ? el("a", { class: "open", href: content.url, target: "_blank", rel: "noopener noreferrer", text: "查看详情" })
      : null;
    return el("div", { class: "card" }, el("h3", { text: content.title }), el("dl", {}, ...rows), open);
  },

  news: ({ content }) =>
    el("div", { class: "card" },
      ...content.articles.flatMap((one) => [el("h3", {}, anchor(one.url, one.title, () => {})), el("p", { text: one.description })])),
};

const FACES = 8;

// The whole line: avatar and bubble, or a grey notice.
export function line(entry, resident, tap) {
  if (entry.side === "system") return el("div", { class: "notice", text: entry.content.text });
  const mine = entry.side === "resident";
  const content = (draw[entry.kind] || (() => bubble("text", `（${entry.kind}）`)))(entry, tap);
  const wide = entry.kind === "card" || entry.kind === "news";
  const row = el("div", { class: `row ${mine ? "mine" : "theirs"}${wide ? " wide" : ""}`, "data-entry": entry.id, "data-kind": entry.kind });
  if (entry.content.via) row.dataset.via = entry.content.via;
  row.append(...(wide ? [content] : mine ? [content, face(resident)] : [accountFace(), content]));
  return row;
}

export function face(resident) {
  const number = Number(resident.id);
  return el("span", { class: `face face-${number % FACES}`, text: resident.name.slice(0, 1), "aria-hidden": "true" });
}

const accountFace = () => el("img", { class: "face", src: "static/account.svg", alt: "" });
