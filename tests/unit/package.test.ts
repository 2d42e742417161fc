// What a fresh clone relies on: exact versions, lockfiles that name no registry, one door for all commands.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

function read(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
}

interface Lockfile {
  packages: Record<string, { integrity?: string; resolved?: string; hasInstallScript?: boolean }>;
}

const lockfiles = ['package-lock.json', 'tests/machine/node/package-lock.json'];

describe('package.json', () => {
  const { scripts, dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
    'scripts' | 'dependencies' | 'devDependencies',
    Record<string, string>
  >;

  it('names exact versions', () => {
    for (const version of Object.values({ ...dependencies, ...devDependencies })) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });

  it('sends every command through the one door that finds a right Node', () => {
    for (const [name, command] of Object.entries(scripts)) {
      expect(command).toBe(`node tests/machine/run.mjs ${name}`);
    }
  });
});

describe.each(lockfiles)('%s', (path) => {
  const packages = Object.entries((JSON.parse(read(path)) as Lockfile).packages).filter(
    ([name]) => name !== '',
  );

  it('checks every package by integrity and names no registry', () => {
    const wrong = packages.filter(([, each]) => !each.integrity || each.resolved);
    expect(packages.length).toBeGreaterThan(0);
    expect(wrong.map(([name]) => name)).toEqual([]);
  });
});

describe('the Node of the commands', () => {
  it('is one version for all machines', () => {
    const { optionalDependencies } = JSON.parse(read('tests/machine/node/package.json')) as {
      optionalDependencies: Record<string, string>;
    };
    expect(new Set(Object.values(optionalDependencies)).size).toBe(1);
  });
});
