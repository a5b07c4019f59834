// The page as a whole: live events in, phones and clock out.

import * as developer from "./developer.js";
import { el, icon, post, toast } from "./dom.js";
import { face } from "./entries.js";
import { Phone } from "./phone.js";
import { clockText, setClock } from "./time.js";

const byId = (id) => document.getElementById(id);
const phones = new Map();
let shared = { account: "", menu: [], samples: {} };

function showAll(state) {
  shared = { account: state.account, menu: state.menu, samples: state.samples };
  setClock(state.now);
  const drafts = new Map([...phones].map(([id, phone]) => [id, phone.input.value]));
  phones.clear();
  byId("phones").replaceChildren(addButton("add", "添一位居民"));
  byId("tabs").replaceChildren(addButton("", ""));
  for (const resident of state.residents) showResident(resident, state.chats[resident.id]);
  drafts.forEach((text, id) => phones.get(id)?.draft(text));
  developer.clearExchanges();
  state.exchanges.forEach(developer.addExchange);
  developer.showTrouble(state.trouble);
  byId("mode").textContent = { plain: "明文模式", compatible: "兼容模式", safe: "安全模式" }[state.mode];
  showOffices(state.samples.offices);
  tick();
}

function addButton(kind, label) {
  const add = async () => {
    const resident = await post("residents");
    if (resident) byId(`phone-${resident.id}`)?.scrollIntoView({ behavior: "smooth", inline: "center", block: "nearest" });
  };
  return el("button", { type: "button", class: kind, "aria-label": "添一位居民", onclick: add }, icon("plus"), label);
}

function showResident(resident, entries = []) {
  const known = phones.get(resident.id);
  if (known) {
    known.update(resident);
  } else if (resident.shown) {
    const phone = new Phone(resident, shared);
    phones.set(resident.id, phone);
    byId("phones").insertBefore(phone.element, byId("phones").lastElementChild);
    entries.forEach((entry) => phone.add(entry));
    byId("tabs").insertBefore(tab(resident, phone), byId("tabs").lastElementChild);
  }
}

function tab(resident, phone) {
  const show = () => phone.element.scrollIntoView({ behavior: "smooth", inline: "center", block: "nearest" });
  return el("button", { type: "button", onclick: show }, face(resident), resident.name);
}

function showOffices(offices) {
  const select = byId("office");
  select.replaceChildren(...offices.map(({ code, name }) => el("option", { value: code, text: name })));
  select.hidden = offices.length < 2;
  aimDoor();
}

function aimDoor() {
  const office = byId("office").value;
  byId("door-office").href = office ? `enter?as=office&office=${encodeURIComponent(office)}` : "enter?as=office";
}

function tick() {
  byId("now").textContent = clockText();
}

async function moveClock(button) {
  const buttons = document.querySelectorAll(".clock button");
  buttons.forEach((one) => { one.disabled = true; });
  const moved = await post("clock", { minutes: Number(button.dataset.minutes) });
  buttons.forEach((one) => { one.disabled = false; });
  if (moved) toast(`时间已${button.textContent.replace("+", "前进 ")}`);
}

const HANDLERS = {
  state: showAll,
  entry: (entry) => phones.get(entry.resident)?.add(entry),
  resident: (resident) => showResident(resident),
  exchange: developer.addExchange,
  trouble: developer.showTrouble,
  menu(buttons) {
    shared.menu = buttons;
    phones.forEach((phone) => phone.setMenu(buttons));
  },
  clock({ now }) {
    setClock(now);
    tick();
    phones.forEach((phone) => phone.restamp());
  },
};

function listen() {
  const source = new EventSource("events");
  for (const [name, handle] of Object.entries(HANDLERS)) {
    source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
  }
  source.addEventListener("error", () => document.body.classList.add("offline"));
  source.addEventListener("open", () => document.body.classList.remove("offline"));
}

developer.start();
byId("office").addEventListener("change", aimDoor);
document.querySelectorAll(".clock button").forEach((button) => button.addEventListener("click", () => moveClock(button)));
setInterval(() => {
  tick();
  phones.forEach((phone) => phone.showWindow());
}, 10_000);
listen();
