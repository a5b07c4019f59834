// Moments are shown in the zone's own time, whatever the visitor's machine thinks.

const ZONE = "Asia/Shanghai";
const format = (options) => new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, hourCycle: "h23", ...options });
const WEEKDAY = format({ weekday: "short" });
const TIME = format({ hour: "2-digit", minute: "2-digit" });
const FULL = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const PARTS = format({ year: "numeric", month: "numeric", day: "numeric" });

const clock = { now: Date.now(), read: performance.now() };

export function setClock(iso) {
  clock.now = Date.parse(iso);
  clock.read = performance.now();
}

export const now = () => new Date(clock.now + performance.now() - clock.read);

export function clockText() {
  const { month, day } = dayNumber(now());
  return `${month}月${day}日 ${WEEKDAY.format(now())} ${TIME.format(now())}`;
}

export const secondsText = (iso) => FULL.format(new Date(iso));

function dayNumber(date) {
  const part = Object.fromEntries(PARTS.formatToParts(date).map(({ type, value }) => [type, Number(value)]));
  return { ...part, days: Date.UTC(part.year, part.month - 1, part.day) / 86400000 };
}

export function stamp(iso) {
  const then = new Date(iso);
  const day = dayNumber(then);
  const today = dayNumber(now());
  const time = TIME.format(then);
  if (day.days === today.days) return time;
  if (day.days === today.days - 1) return `昨天 ${time}`;
  const year = day.year === today.year ? "" : `${day.year}年`;
  return `${year}${day.month}月${day.day}日 ${time}`;
}

export function left(iso) {
  const minutes = Math.max(0, Math.round((Date.parse(iso) - now().getTime()) / 60000));
  return minutes < 120 ? `${minutes} 分钟` : `${Math.floor(minutes / 60)} 小时`;
}
