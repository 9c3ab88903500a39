// Opens pages in Chromium as people do, on a phone and on a desktop, in light and in dark, and says what is wrong with them:
//   node look.js FOLDER PAGE...             checks pages, and takes their pictures into the folder
//   node look.js --picture FOLDER PAGE...   only takes the pictures: of a page that others lay out
// A page may ask nobody for anything, shows something, has no errors, is cut off nowhere, can be used with the keyboard alone,
// and axe-core finds nothing in it. A file that is no whole page is shown as CloudWatch shows a custom widget: as part of another
// page, and in the colours that it is named after (widget-dark.html).
"use strict";

const fs = require("fs");
const path = require("path");
const axe = require("axe-core");
const puppeteer = require("puppeteer-core");

const widths = [320, 1000];
const schemes = ["light", "dark"];

// What axe-core is not asked, with the reason.
const exceptions = {
  // Mail programs show an email within a page of their own, which has the landmarks and the heading.
  email: ["landmark-one-main", "page-has-heading-one", "region"],
  // So does CloudWatch.
  part: ["landmark-one-main", "page-has-heading-one", "region"],
  page: [],
};

const onlyPicture = process.argv[2] === "--picture";
const [folder, ...files] = process.argv.slice(onlyPicture ? 3 : 2);
if (!folder || files.length === 0) {
  console.error("Usage: node look.js [--picture] FOLDER PAGE...");
  process.exit(2);
}

function kindOf(file, text) {
  if (!/^<!doctype html>/i.test(text)) {
    return "part";
  }
  return /(^|\/)email\//.test(file) ? "email" : "page";
}

function around(part, scheme) {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A dashboard</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <style>body { margin: 8px; background: ${scheme === "dark" ? "#0f1b2a" : "#ffffff"} } cwdb-action { display: none }</style></head><body>${part}</body></html>`;
}

// Within the page. A scrollbar of its own is no place to hide text either, except where people can see that there is more: in a frame.
function cutOff() {
  const found = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    found.push(`it is ${document.documentElement.scrollWidth} pixels wide, and the window ${width}`);
  }
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    const text = (element.innerText || element.tagName).trim().slice(0, 40);
    if (box.width > 0 && box.height > 0 && (box.right > width + 1 || box.left < -1)) {
      found.push(`"${text}" goes beyond the edge of the window`);
    } else if (getComputedStyle(element).overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1) {
      found.push(`"${text}" is cut off`);
    }
  }
  return found.slice(0, 5);
}

// Within the page: what a person can use, and whether it can be seen that it has the focus.
function usable() {
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, iframe, [role=button], [onclick]")]
    .filter((element) => element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }))
    .map((element, number) => {
      element.dataset.look = number;
      return (element.innerText || element.title || element.tagName).trim().slice(0, 40);
    });
}

function focused() {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const seen = element.tagName === "IFRAME" || style.outlineStyle !== "none" || style.boxShadow !== "none";
  return { number: element.dataset.look, seen, tag: element.tagName };
}

async function withKeyboard(page) {
  const found = [];
  const all = await page.evaluate(usable);
  const reached = new Set();
  // A frame may hold more to stop at.
  for (let presses = 0; presses < all.length * 3 + 5 && reached.size < all.length; presses++) {
    await page.keyboard.press("Tab");
    const { number, seen } = await page.evaluate(focused);
    if (number !== undefined && !reached.has(Number(number))) {
      reached.add(Number(number));
      if (!seen) {
        found.push(`"${all[number]}" does not show that it has the focus`);
      }
    }
  }
  all.forEach((text, number) => {
    if (!reached.has(number)) {
      found.push(`"${text}" is not reached with the Tab key`);
    }
  });
  const folded = await page.$("summary");
  if (folded) {
    const isOpen = () => folded.evaluate((summary) => summary.parentElement.open);
    const before = await isOpen();
    await folded.focus();
    await page.keyboard.press("Enter");
    if ((await isOpen()) === before) {
      found.push("a summary does not open with the Enter key");
    }
  }
  return found.slice(0, 5);
}

async function withAxe(page, kind) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (disabled) =>
      axe.run(document, {
        // An email in a frame is checked as a page of its own; nothing may run within the frame.
        iframes: false,
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
        rules: Object.fromEntries(disabled.map((rule) => [rule, { enabled: false }])),
      }),
    exceptions[kind],
  );
  return violations.map(
    ({ id, help, nodes }) => `${help} (${id}): ${nodes.length} times, first ${nodes[0].html.slice(0, 100)}`,
  );
}

async function look(browser, file, scheme, width) {
  const found = [];
  const text = fs.readFileSync(file, "utf8");
  const kind = kindOf(file, text);
  const page = await browser.newPage();
  try {
    page.on("console", (message) => {
      if (message.type() === "error") {
        found.push(`an error in the console: ${message.text()}`);
      }
    });
    page.on("pageerror", (error) => found.push(`an error: ${error.message}`));
    await page.setRequestInterception(true);
    page.on("request", (request) => {
      if (/^(file|about|data):/.test(request.url())) {
        request.continue();
      } else {
        found.push(`it asks the network for ${request.url()}`);
        request.abort();
      }
    });
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(`file://${path.resolve(file)}`);
    if (kind === "part") {
      await page.setContent(around(text, scheme));
    }
    await page.waitForNetworkIdle({ idleTime: 100 });
    if (onlyPicture) {
      await page.waitForSelector("script[type='text/plain']", { hidden: true, timeout: 20000 });
    }
    const name = `${file.replace(/\.html$/, "").replace(/[/ ]/g, "-")}-${width}-${scheme}.png`;
    // Chromium draws no picture that is much higher.
    const height = Math.min(await page.evaluate(() => document.documentElement.scrollHeight), 8000);
    await page.screenshot({ path: path.join(folder, name), clip: { x: 0, y: 0, width, height } });
    if (!(await page.evaluate(() => document.body.innerText.trim() || document.querySelector("svg")))) {
      found.push("it shows nothing");
    }
    if (!onlyPicture) {
      found.push(...(await withKeyboard(page)));
      await page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
      found.push(...(await page.evaluate(cutOff)));
      found.push(...(await withAxe(page, kind)));
    }
  } catch (failure) {
    found.push(`it could not be looked at: ${failure.message}`);
  } finally {
    await page.close();
  }
  return found.map((each) => `${file}, ${width} pixels wide, ${scheme}: ${each}.`);
}

(async () => {
  fs.mkdirSync(folder, { recursive: true });
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"],
  });
  const found = [];
  for (const file of files) {
    for (const scheme of schemes) {
      const named = schemes.find((each) => file.endsWith(`-${each}.html`));
      if (named === undefined || named === scheme) {
        for (const width of onlyPicture ? [1000] : widths) {
          found.push(...(await look(browser, file, scheme, width)));
        }
      }
    }
  }
  await browser.close();
  found.forEach((each) => console.error(each));
  console.log(`${files.length} pages looked at, their pictures are in ${folder}`);
  process.exitCode = found.length === 0 ? 0 : 1;
})();
