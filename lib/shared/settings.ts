/** What an administrator can set; everything else comes from the environment (see the README). */
import { z } from 'zod';

/** A host name or address as it stands in the browser's address bar, with the port when it is not Skep's own. */
const hostName = z
  .string()
  .regex(
    /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(:\d{1,5})?$/,
    'That is no host name or address.',
  );

/** A host name or address, or a network of them. */
const downloadHost = z.union([hostName, z.cidrv4(), z.cidrv6()], {
  error: 'That is no host name, address or network. They look like mirror.lan, 10.0.0.5:8080 or 10.0.0.0/8.',
});

export const settings = z.strictObject({
  /** Further names under which browsers may reach Skep. */
  allowedHosts: z.array(hostName).max(50),
  /** Places in private networks that downloads may come from; see `core/transfers/addresses.ts`. */
  downloadHosts: z.array(downloadHost).max(50),
  /** Seconds after which a guest that ignored Shut down is shown as running again. */
  shutdownTimeoutSeconds: z.int().min(10, 'At least 10 seconds.').max(3600, 'At most 3600 seconds.'),
  /** Days that deleted VMs and files wait in the trash; 0 deletes them at once. */
  trashDays: z.int().min(0, 'At least 0 days.').max(365, 'At most 365 days.'),
});
export type Settings = z.infer<typeof settings>;
export const settingsPatch = settings.partial();
export type SettingsPatch = z.infer<typeof settingsPatch>;
export const DEFAULT_SETTINGS: Settings = {
  allowedHosts: [],
  downloadHosts: [],
  shutdownTimeoutSeconds: 120,
  trashDays: 7,
};
