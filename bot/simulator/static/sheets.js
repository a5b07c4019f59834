// What opens from the plus button or from a menu button: photo, place, poster, voice, video.

import { el, icon, post } from "./dom.js";

const dialog = () => document.getElementById("sheet");

function open(title, ...content) {
  const box = dialog();
  box.className = "modal";
  const close = el("button", { type: "button", class: "close", "aria-label": "关闭", text: "×", onclick: () => box.close() });
  box.replaceChildren(el("header", {}, el("b", { text: title }), close), ...content);
  box.showModal();
}

function done(work) {
  dialog().close();
  work();
}

function fileButton(label, accept, use) {
  const input = el("input", { type: "file", accept, onchange: () => input.files[0] && done(() => use(input.files[0])) });
  return el("label", { class: "file" }, label, input);
}

function upload(act, action, file, key) {
  const form = new FormData();
  form.append("file", file);
  act(key ? `${action}?key=${encodeURIComponent(key)}` : action, form);
}

export function photo(act, samples, key = "") {
  const choices = samples.photos.map((name) =>
    el("button", { type: "button", class: "sample", onclick: () => done(() => act("photo", { sample: name, key })) },
      el("img", { src: `samples/${encodeURIComponent(name)}`, alt: "" }), el("span", { text: name })));
  open("发送照片", el("div", { class: "samples" }, ...choices),
    fileButton("从本机选择照片…", "image/jpeg,image/png,image/gif", (file) => upload(act, "photo", file, key)));
}

export function place(act, samples, key = "") {
  const send = (point) => done(() => act("place", { ...point, key }));
  const rows = samples.places.map(({ name, latitude, longitude }) =>
    el("button", { type: "button", class: "option", onclick: () => send({ label: name, latitude, longitude }) },
      icon("place"), el("span", {}, el("b", { text: name }), el("small", { text: `${latitude.toFixed(5)}, ${longitude.toFixed(5)}` }))));
  const field = (name, label, attributes) => el("label", {}, label, el("input", { name, ...attributes }));
  const degrees = (limit) => ({ type: "number", step: "any", min: -limit, max: limit, required: true });
  const form = el("form", { class: "free", onsubmit: (event) => {
    event.preventDefault();
    const data = new FormData(form);
    send({ label: data.get("label"), latitude: Number(data.get("latitude")), longitude: Number(data.get("longitude")) });
  } }, field("label", "名称", { maxlength: 100, placeholder: "可不填" }), field("latitude", "纬度", degrees(90)), field("longitude", "经度", degrees(180)),
  el("button", { class: "go", text: "发送位置" }));
  open("发送位置", el("div", { class: "options" }, ...rows), el("p", { class: "lead", text: "或者任意一点（GCJ-02 坐标）" }), form);
}

export function scan(act, samples, key = "") {
  const send = (scene) => done(() => act("scan", { scene, key }));
  const rows = samples.posters.map(({ name, scene }) =>
    el("button", { type: "button", class: "option", onclick: () => send(scene) },
      icon("scan"), el("span", {}, el("b", { text: name }), el("small", { text: scene }))));
  const form = el("form", { class: "free", onsubmit: (event) => {
    event.preventDefault();
    send(new FormData(form).get("scene"));
  } }, el("label", {}, "场景值", el("input", { name: "scene", maxlength: 64, required: true })), el("button", { class: "go", text: "扫一扫" }));
  open("扫描小区海报", el("div", { class: "options" }, ...rows), el("p", { class: "lead", text: "或者输入二维码的场景值" }), form);
}

export function voice(act) {
  const form = el("form", { class: "free", onsubmit: (event) => {
    event.preventDefault();
    const data = new FormData(form);
    done(() => act("voice", { words: data.get("words"), seconds: Number(data.get("seconds")) }));
  } }, el("label", { class: "full" }, "说的话（平台识别出的文字，可不填）", el("textarea", { name: "words", rows: 3, maxlength: 500 })),
  el("label", {}, "秒数", el("input", { name: "seconds", type: "number", min: 1, max: 60, value: 5 })), el("button", { class: "go", text: "发送语音" }));
  open("发送语音", form);
}

export function video(act) {
  open("发送视频", el("div", { class: "options" },
    el("button", { type: "button", class: "option", onclick: () => done(() => act("video", {})) }, icon("video"),
      el("span", {}, el("b", { text: "示例视频" }), el("small", { text: "一段很短的 MP4" })))),
  fileButton("从本机选择视频…", "video/mp4", (file) => upload(act, "video", file, "")));
}

export function person(resident, act) {
  const follows = resident.follows === "yes";
  const change = () => done(() => post(`residents/${resident.id}/${follows ? "unfollow" : "follow"}`));
  open(resident.name,
    el("p", { class: "lead" }, "OpenID ", el("code", { text: resident.openid })),
    el("div", { class: "options" },
      el("button", { type: "button", class: "option", onclick: change }, el("b", { text: follows ? "取消关注" : "关注公众号" })),
      el("button", { type: "button", class: "option", onclick: () => done(act) }, el("b", { text: "扫描小区海报" }))));
}
