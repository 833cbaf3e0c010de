'use client';
import { Button } from '@/components/ui/Button';
import { useDesktopNotices } from '@/components/tasks/desktop-notices';

/** Whether the desktop tells of finished tasks. Remembered in this browser. */
export function NoticesSection() {
  const { isOn, reason, isKnown, set } = useDesktopNotices();
  return (
    <div className="flex flex-col items-start gap-2">
      <p className="text-pretty text-muted">
        When a task of yours has ended, the page says so. The desktop can say so too, while the page is hidden.
        Remembered in this browser.
      </p>
      <Button disabledReason={isKnown ? reason : 'The page is loading.'} onPress={() => void set(!isOn)}>
        {isOn ? 'Turn off desktop notices' : 'Turn on desktop notices'}
      </Button>
    </div>
  );
}
