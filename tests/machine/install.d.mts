// The types of install.mjs, for the TypeScript files that import it.
export const root: string;
export function isRight(version: string, typescript: unknown): boolean;
export function rightNode(): string;
export function installDependencies(): void;
export function isInstalled(folder: string): boolean;
