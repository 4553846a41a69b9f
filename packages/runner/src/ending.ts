export const endings = [
  "completed",
  "stopped",
  "failed",
  "cancelled",
  "timed-out",
  "oom",
  "disk-full",
  "spot",
  "env-failed",
  "device-mismatch",
  "abandoned",
  "lost",
] as const;
/** Why a run ended. */
export type Ending = (typeof endings)[number];
