import { EmptyState } from '@/components/ui/EmptyState';
import { ButtonLink } from '@/components/ui/Link';
import { PATHS } from '@/lib/shared/paths';

export const metadata = { title: 'No such page' };

export default function NotFound() {
  return (
    <main>
      <EmptyState
        isPage
        title="There is no such page"
        actions={<ButtonLink href={PATHS.vms}>All virtual machines</ButtonLink>}
      >
        The address is wrong, or what stood there is gone.
      </EmptyState>
    </main>
  );
}
