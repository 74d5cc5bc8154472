// Writes src/api/schema.d.ts from api/openapi.json of the repository.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import openapi, { astToString } from 'openapi-typescript'
import ts from 'typescript'

const root = process.cwd()
const document = JSON.parse(readFileSync(join(root, '../api/openapi.json'), 'utf8'))
/** A file in a form is a Blob, not a text. */
const transform = (schema) =>
  schema.format === 'binary' ? ts.factory.createTypeReferenceNode(ts.factory.createIdentifier('Blob')) : undefined
const text = astToString(await openapi(document, { transform }))
writeFileSync(
  join(root, 'src/api/schema.d.ts'),
  `// Generated from api/openapi.json by \`npm run gen\`. Do not edit.\n\n${text}`,
)
