import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from '@jest/globals';
import { actionKinds } from '#treaty';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
const code = ['apps', 'libs'].flatMap(files).filter((file) => /\.tsx?$/.test(file));
const read = (file: string): string => readFileSync(file, 'utf8');
const sources = code.filter((file) => !/\.spec\.ts$|\/test\//.test(file));
const allSource = sources.map(read).join('\n');

describe('words', () => {
  const glossary = read(join(root, 'GLOSSARY.md'));
  const [defined = '', unused = ''] = glossary.split('## Words not used');

  it('of the glossary marked as code are in the code', () => {
    const words = [...defined.matchAll(/^- \*\*[^*]+\*\* \(([^)]+)\)/gm)].flatMap(([, marked]) =>
      [...(marked ?? '').matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? ''),
    );
    expect(words.length).toBeGreaterThan(35);
    expect(words.filter((word) => !allSource.includes(word))).toStrictEqual([]);
  });

  it('that are no names are no names of files or folders', () => {
    const banned = [...unused.matchAll(/`([a-z]+)`/g)].map(([, word]) => word);
    expect(banned.length).toBeGreaterThan(4);
    const parts = code.flatMap((file) => file.slice(root.length).split(/[/.-]/));
    expect(parts.filter((part) => banned.includes(part))).toStrictEqual([]);
  });

  it('are spelt as the United Nations spells them', () => {
    // French has its own spelling: files of French words, and French phrases in specs.
    const french = /french|\.fr\.tsx?$/;
    const found = code
      .filter((file) => !file.endsWith('.data.ts') && !french.test(basename(file)))
      .flatMap((file) =>
        [
          ...read(file).matchAll(
            /\borganisations?\b(?! régionale| des Nations Unies)|\brecognize[ds]?\b/gi,
          ),
        ].map(([word]) => `${file}: ${word}`),
      );
    expect(found).toStrictEqual([]);
  });
});

describe('the law', () => {
  it('has a spec for every kind of action that judges, counts or dates', () => {
    const specs = code
      .filter((file) => file.endsWith('.spec.ts'))
      .map(read)
      .join('\n');
    const testWords = `${specs}\n${files('libs/treaty/test').map(read).join('\n')}`;
    const untested = Object.keys(actionKinds).filter((kind) => !testWords.includes(kind));
    // Words of particular treaties that share a family with a tested kind, and nothing else.
    const alike = [
      'consentToBeBound',
      'participation',
      'modificationOfCompetence',
      'designationOfAuthority',
      'notification',
      'territorialExclusion',
      'territorialExtension',
      'confirmationOfReservation',
      'modificationOfReservation',
      'withdrawalOfReservation',
      'modificationOfDeclaration',
      'withdrawalOfDeclaration',
      'modificationOfObjection',
      'terminationOfProvisionalApplication',
      'declarationOfCompetence',
      'signatureAdReferendum',
      'successionToSignature',
      'declaration',
      'provisionalApplication',
    ];
    expect(untested.filter((kind) => !alike.includes(kind))).toStrictEqual([]);
  });

  it('has a spec beside every library and app with code of its own, or one that drives it whole', () => {
    const owners = new Set(
      sources.map((file) => file.slice(root.length).split('/').slice(0, 2).join('/')),
    );
    const specs = [...code, ...files('test')].filter((file) => file.endsWith('.spec.ts')).map(read);
    const driven = (owner: string): boolean =>
      code.some((file) => file.startsWith(join(root, owner)) && file.endsWith('.spec.ts')) ||
      specs.some((text) => text.includes(`#${basename(owner)}`) || text.includes(basename(owner)));
    expect([...owners].filter((owner) => !driven(owner))).toStrictEqual([]);
  });
});

describe('files', () => {
  it('hold no logic where they only list what a library offers', () => {
    for (const file of sources.filter((one) => basename(one) === 'index.ts'))
      for (const line of read(file).split('\n'))
        expect([file, line]).toStrictEqual([
          file,
          expect.stringMatching(/^(export |  |} from |$)/),
        ]);
  });

  it('name no registry host', () => {
    const { packages } = JSON.parse(read(join(root, 'package-lock.json'))) as {
      packages: Record<string, { resolved?: string }>;
    };
    const named = Object.values(packages).filter(({ resolved }) => resolved !== undefined);
    expect(named).toStrictEqual([]);
  });
});

describe('a planted fault trips its boundary rule', () => {
  /** Lints one file planted at a path of the project, with the project's own rules. */
  const lint = (path: string, text: string): string => {
    const folder = mkdtempSync(join(tmpdir(), 'planted-'));
    try {
      copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
      symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
      execFileSync(join(root, 'node_modules/.bin/oxlint'), [path], {
        cwd: folder,
        encoding: 'utf8',
      });
      return '';
    } catch (error) {
      return (error as { stdout: string }).stdout;
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test.each([
    [
      'libs/treaty/src/a.ts',
      "import { Injectable } from '@nestjs/common';\nexport const a = Injectable;\n",
      'no-restricted-imports',
    ],
    [
      'libs/treaty/src/a.ts',
      "import { randomUUID } from 'node:crypto';\nexport const a = randomUUID;\n",
      'no-restricted-imports',
    ],
    [
      'libs/treaty/src/a.ts',
      "import { Ledger } from '#ledger';\nexport const a = Ledger;\n",
      'no-restricted-imports',
    ],
    ['libs/treaty/src/a.ts', 'export const a = () => new Date();\n', 'no-restricted-globals'],
    ['libs/treaty/src/a.ts', "export const a = () => process.env['X'];\n", 'no-restricted-globals'],
    [
      'libs/views/src/a.ts',
      "import { Ledger } from '#ledger';\nexport const a = Ledger;\n",
      'no-restricted-imports',
    ],
    [
      'libs/views/src/a.ts',
      "import { EventStoreDBClient } from '@eventstore/db-client';\nexport const a = EventStoreDBClient;\n",
      'no-restricted-imports',
    ],
    [
      'apps/registry/src/a.ts',
      "import { EventStoreDBClient } from '@eventstore/db-client';\nexport const a = EventStoreDBClient;\n",
      'no-restricted-imports',
    ],
    [
      'apps/registry/src/a.ts',
      "import { DatabaseSync } from 'node:sqlite';\nexport const a = DatabaseSync;\n",
      'no-restricted-imports',
    ],
    [
      'libs/ledger/src/a.ts',
      "import { statusAnswer } from '#views';\nexport const a = statusAnswer;\n",
      'no-restricted-imports',
    ],
    [
      'libs/http/src/a.ts',
      "import { x } from '#registry';\nexport const a = x;\n",
      'no-restricted-imports',
    ],
    [
      'libs/pages/src/a.tsx',
      "import { statusAnswer } from '#views';\nexport const a = statusAnswer;\n",
      'no-restricted-imports',
    ],
    [
      'libs/database/src/a.ts',
      "import { decide } from '#treaty';\nexport const a = decide;\n",
      'no-restricted-imports',
    ],
    [
      'libs/tracing/src/a.ts',
      "import { decide } from '#treaty';\nexport const a = decide;\n",
      'no-restricted-imports',
    ],
    [
      'libs/embedded-eventstore/src/a.ts',
      "import { decide } from '#treaty';\nexport const a = decide;\n",
      'no-restricted-imports',
    ],
  ])('%s: %s', (path, text, rule) => {
    expect(lint(path, text)).toContain(rule);
  });

  test.each([
    [
      'libs/treaty/src/a.ts',
      "import { addDays } from 'date-fns/addDays';\nexport const a = addDays;\n",
    ],
    [
      'libs/ledger/src/a.ts',
      "import { EventStoreDBClient } from '@eventstore/db-client';\nexport const a = EventStoreDBClient;\n",
    ],
    [
      'apps/registry/src/a.ts',
      "import { statusAnswer } from '#views';\nexport const a = statusAnswer;\n",
    ],
  ])('and what is right trips none: %s: %s', (path, text) => {
    expect(lint(path, text)).toBe('');
  });
});
