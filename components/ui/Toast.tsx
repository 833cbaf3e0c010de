'use client';
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import {
  Text,
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { Button, IconButton } from './Button';
import { CodeBlock } from './Copy';
import { Disclosure } from './Disclosure';

export interface ToastMessage {
  kind: 'info' | 'success' | 'danger';
  title: string;
  /** A second line. */
  text?: string;
  /** Somebody else's words, folded. */
  details?: string;
  /** One thing to do about it. */
  action?: { label: string; onPress: () => void };
  /** When it goes by itself though it has an action, in ms. */
  goneAfterMs?: number;
}

export interface Toasts {
  show: (message: ToastMessage) => void;
  /** Shows an error as the edges give it (`ErrorBody`). */
  showError: (error: { message: string; details?: string }) => void;
}

const ToastsContext = createContext<Toasts | null>(null);

/** The toasts of this page. @throws outside of `ToastProvider` */
export function useToasts(): Toasts {
  const toasts = useContext(ToastsContext);
  if (!toasts) throw new Error('useToasts needs a ToastProvider above it.');
  return toasts;
}

/** What is said without being read goes after this long; errors and questions stay until they are closed. */
const GONE_AFTER_MS = 6000;

const ICONS = {
  info: <Info aria-hidden className="size-4 text-working" />,
  success: <CircleCheck aria-hidden className="size-4 text-running" />,
  danger: <CircleAlert aria-hidden className="size-4 text-danger" />,
};

/** Holds the toasts and draws them at the lower right. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [queue] = useState(() => new ToastQueue<ToastMessage>({ maxVisibleToasts: 4 }));
  const toasts = useMemo<Toasts>(() => {
    const show = (message: ToastMessage) => {
      const stays = message.kind === 'danger' || message.action;
      const timeout = message.goneAfterMs ?? (stays ? undefined : GONE_AFTER_MS);
      queue.add(message, timeout === undefined ? {} : { timeout });
    };
    return {
      show,
      showError: (error) => {
        const end = error.message.indexOf('. ');
        const title = end < 0 ? error.message : error.message.slice(0, end + 1);
        show({
          kind: 'danger',
          title,
          text: end < 0 ? undefined : error.message.slice(end + 2),
          details: error.details,
        });
      },
    };
  }, [queue]);
  return (
    <ToastsContext value={toasts}>
      {children}
      <ToastRegion
        queue={queue}
        aria-label="Messages"
        className="fixed right-4 bottom-4 z-50 flex w-[min(26rem,calc(100vw-2rem))] flex-col-reverse gap-2 rounded-lg"
      >
        {({ toast }) => (
          <AriaToast
            toast={toast}
            className="flex animate-appear items-start gap-2.5 rounded-lg bg-raised py-2.5 pr-2 pl-3 shadow-raised"
          >
            <span className="mt-1.5 shrink-0">{ICONS[toast.content.kind]}</span>
            <ToastBody message={toast.content} onDone={() => queue.close(toast.key)} />
            <IconButton slot="close" size="sm" label="Close" icon={<X aria-hidden className="size-4" />} />
          </AriaToast>
        )}
      </ToastRegion>
    </ToastsContext>
  );
}

function ToastBody({ message, onDone }: { message: ToastMessage; onDone: () => void }) {
  const { title, text, details, action } = message;
  return (
    <ToastContent className="min-w-0 flex-1 py-1 text-pretty break-words">
      <Text slot="title" className="block font-medium">
        {title}
      </Text>
      {text && (
        <Text slot="description" className="block text-muted">
          {text}
        </Text>
      )}
      {details && (
        <Disclosure title="Details" className="mt-1">
          <CodeBlock text={details} label="Details" />
        </Disclosure>
      )}
      {action && (
        <Button
          size="sm"
          className="mt-2"
          onPress={() => {
            action.onPress();
            onDone();
          }}
        >
          {action.label}
        </Button>
      )}
    </ToastContent>
  );
}
