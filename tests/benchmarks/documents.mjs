// Fills an action plan with docxtemplater as often as it is asked to, and says how much it took.
// Arguments: a folder with node_modules, plan.docx, and plan-10.json and so on. Input: a size a line.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const folder = process.argv[2];
const require = createRequire(join(folder, "here.js"));
const Docxtemplater = require("docxtemplater");
const PizZip = require("pizzip");
const template = readFileSync(join(folder, "plan.docx"));

for await (const size of createInterface({ input: process.stdin })) {
  const content = JSON.parse(readFileSync(join(folder, `plan-${size}.json`), "utf8"));
  const began = process.cpuUsage();
  const options = { paragraphLoop: true, linebreaks: true };
  const filled = new Docxtemplater(new PizZip(template), options).render(content);
  filled.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
  const took = process.cpuUsage(began);
  console.log((took.user + took.system) / 1000);
}
