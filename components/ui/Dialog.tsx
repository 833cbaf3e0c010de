'use client';
import { X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button, IconButton } from './Button';
import { cx } from './cx';
import { TextField } from './TextField';

export interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Buttons at the lower edge. */
  actions?: ReactNode;
  /** `alertdialog` for a question that must be answered. */
  role?: 'dialog' | 'alertdialog';
  isWide?: boolean;
}

/** A dialog. It traps focus, closes with Escape, and gives the focus back. */
export function Dialog({ title, isOpen, onClose, children, actions, role = 'dialog', isWide }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={role === 'dialog'}
      className="fixed inset-0 z-40 flex items-start justify-center overflow-y-auto bg-scrim p-4 pt-[10vh]"
    >
      <Modal
        className={cx(
          'w-full rounded-xl bg-raised shadow-dialog entering:animate-appear',
          isWide ? 'max-w-3xl' : 'max-w-lg',
        )}
      >
        <AriaDialog role={role} className="flex max-h-[80vh] flex-col outline-none">
          <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-2">
            <Heading slot="title" className="text-lg font-semibold break-words">
              {title}
            </Heading>
            <IconButton
              label="Close"
              icon={<X aria-hidden className="size-4" />}
              size="sm"
              onPress={onClose}
              className="-mr-1.5"
            />
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-4">{children}</div>
          {actions && <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface ConfirmDialogProps extends Omit<DialogProps, 'actions' | 'role'> {
  /** What the button does, such as "Delete web-1". */
  confirmLabel: string;
  onConfirm: () => void;
  isPending?: boolean;
  isDanger?: boolean;
  /** The word to type first, for what cannot be undone. */
  typed?: string;
}

/** Asks before something is done; with `typed`, the name must be typed first. */
export function ConfirmDialog({
  confirmLabel,
  onConfirm,
  isPending,
  isDanger,
  typed,
  children,
  ...rest
}: ConfirmDialogProps) {
  const [text, setText] = useState('');
  const reason = typed && text.trim() !== typed ? `Type ${typed} to confirm.` : null;
  const close = () => {
    setText('');
    rest.onClose();
  };
  const confirm = () => {
    if (!reason) onConfirm();
  };
  return (
    <Dialog
      {...rest}
      onClose={close}
      role="alertdialog"
      actions={
        <>
          <Button onPress={close}>Cancel</Button>
          <Button
            kind={isDanger ? 'danger' : 'primary'}
            disabledReason={reason}
            isPending={isPending}
            onPress={confirm}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      {children}
      {typed && (
        <TextField
          className="mt-4"
          label={`Type ${typed} to confirm`}
          value={text}
          onChange={setText}
          isCode
          autoFocus
          autoComplete="off"
          spellCheck="false"
          onKeyDown={(e) => e.key === 'Enter' && confirm()}
        />
      )}
    </Dialog>
  );
}
