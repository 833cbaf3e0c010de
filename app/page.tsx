import { redirect } from 'next/navigation';
import { PATHS } from '@/lib/shared/paths';

/** The list is the home page. */
export default function Home() {
  redirect(PATHS.vms);
}
