// Holds values against schemas with the npm package ajv and prints as JSON which are valid.
//
// Reads {"schemas": {name: schema}, "values": [[name, value]]}; ends with an error if a schema is none, or has a keyword
// that ajv does not know. Types may stand together, each with keywords of its own: ajv is told to take that.
'use strict';

const fs = require('node:fs');
const Ajv = require('ajv');
const addFormats = require('ajv-formats');

const given = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true });
addFormats(ajv);
ajv.addVocabulary(['x-taplo']);
const validate = {};
for (const [name, schema] of Object.entries(given.schemas)) {
  if (!ajv.validateSchema(schema)) throw new Error(`${name}: ${ajv.errorsText()}`);
  validate[name] = ajv.compile(schema);
}
process.stdout.write(JSON.stringify(given.values.map(([name, value]) => validate[name](value))));
