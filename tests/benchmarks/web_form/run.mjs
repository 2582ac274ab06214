// The same checklist in a web form engine, as an anchor beside `all.py`. Not part of the ordinary run.
//
// The commands stand in docs/performance.md.
//
// One page of every section and question; details show when their question is answered yes. Thirty answers by click,
// each timed until the second frame after it, as processor time of the page's main thread and by the clock; memory is
// the proportional share (PSS) of all processes of the browser. No rules, no record: the engine only shows a form.

import { readFileSync, readdirSync } from "node:fs";
import puppeteer from "puppeteer-core";

const [, , file, chromium] = process.argv;
const ANSWERS = 30;
const sections = JSON.parse(readFileSync(file, "utf-8")).sections;
const here = new URL("./node_modules/", import.meta.url).pathname;

const choices = { "yes-no": ["yes", "no"] };
const question = (item) => ({
  type: item.kind === "yes-no" || item.kind === "choice" ? "radiogroup" : item.kind === "multi" ? "checkbox" : "text",
  name: item.id,
  title: item.ask,
  choices: choices[item.kind] ?? item.choices,
  visibleIf: item.detail_of ? `{${item.detail_of}} = "yes" or {${item.detail_of}} = "new"` : undefined,
});
const form = {
  pages: [{ name: "all", elements: sections.map((one) => ({
    type: "panel", name: one.id, title: one.title, elements: one.items.map(question) })) }],
};

const begun = performance.now();
const browser = await puppeteer.launch({
  executablePath: chromium, headless: true, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
await page.setViewport({ width: 1366, height: 768 });
await page.setContent('<div id="form"></div>');
await page.addStyleTag({ path: `${here}survey-core/survey-core.min.css` });
await page.addScriptTag({ path: `${here}survey-core/survey.core.min.js` });
await page.addScriptTag({ path: `${here}survey-js-ui/survey-js-ui.min.js` });
await page.evaluate((told) => {
  window.model = new Survey.Model(told);
  window.model.render(document.getElementById("form"));
}, form);
await page.waitForSelector("input[type=radio]");
const started = performance.now() - begun;

const cpu = async () => (await page.metrics()).TaskDuration * 1000;
const clock = [], used = [];
for (let number = 0; number < ANSWERS; number++) {
  const before = await cpu();
  clock.push(await page.evaluate(async (number) => {
    const groups = [...document.querySelectorAll("fieldset, .sd-question")].filter(
      (one) => one.querySelector("input[type=radio]") && !one.querySelector("input[type=radio]:checked"));
    const at = performance.now();
    groups[0].querySelectorAll("input[type=radio]")[number % 3 === 0 ? 0 : 1].click();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return performance.now() - at;
  }, number));
  used.push((await cpu()) - before);
}
const middle = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const pss = readdirSync("/proc").filter((id) => /^\d+$/.test(id)).reduce((sum, id) => {
  try {
    if (!readFileSync(`/proc/${id}/cmdline`, "utf-8").includes(browser.process().spawnargs.find((one) => one.startsWith("--user-data-dir")))) {
      return sum;
    }
    return sum + Number(/Pss:\s+(\d+)/.exec(readFileSync(`/proc/${id}/smaps_rollup`, "utf-8"))[1]) / 1024;
  } catch { return sum; }
}, 0);
console.log(JSON.stringify({
  questions: sections.reduce((sum, one) => sum + one.items.length, 0),
  started_ms: Math.round(started),
  answer_cpu_ms: +middle(used).toFixed(1),
  answer_clock_ms: +middle(clock).toFixed(1),
  memory_mib: Math.round(pss),
}));
await browser.close();
