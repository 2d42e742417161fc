// The types of reexecute.mjs, for the TypeScript files that import it.
export function reexecute(file: string, args: string[], env?: NodeJS.ProcessEnv): Promise<number>;
