/** Variables that would lead an interpreter to other packages than its own. */
const misleading = [
  "PYTHONPATH",
  "PYTHONHOME",
  "PYTHONSTARTUP",
  "LD_LIBRARY_PATH",
  "VIRTUAL_ENV",
  "__PYVENV_LAUNCHER__",
];

/** This process's variables as an interpreter should see them. */
export const pythonVariables = (more: Readonly<Record<string, string>> = {}): Record<string, string> => {
  const kept = Object.entries(process.env).filter(([name, value]) => value !== undefined && !misleading.includes(name));
  return { ...(Object.fromEntries(kept) as Record<string, string>), ...more };
};
