/**
 * Keyboard layouts as tables: which character lies on which key of a PC keyboard, plain and with modifiers.
 *
 *   number row   upper row   home row   lower row        one string each, one character per key, left to right
 *   `1234567890-= qwertyuiop[] asdfghjkl;'\ <zxcvbnm,./
 *
 * A space stands for "nothing", or for what this table leaves out because guests disagree about it. Five signs stand
 * for dead keys, which give their accent to the next letter: ˋ grave, ˊ acute, ˆ circumflex, ˜ tilde, ¨ diaeresis.
 *
 * Sources: xkeyboard-config 2.35 (Linux) and Microsoft's layouts of the same name; where they differ beyond the
 * second level, Linux's.
 */
import { z } from 'zod';

export const keyboardLayout = z.enum(['us', 'gb', 'de', 'fr', 'es', 'it', 'ru', 'br', 'pt', 'se', 'pl']);
export type KeyboardLayout = z.infer<typeof keyboardLayout>;

/** Four rows of characters; missing rows and short rows are empty. */
type Level = readonly string[];

export interface LayoutTable {
  label: string;
  plain: Level;
  shift: Level;
  altGr?: Level;
  shiftAltGr?: Level;
}

/** QEMU's names of the keys (QKeyCode), in the rows' order. */
export const KEY_ROWS: readonly (readonly string[])[] = [
  'grave_accent 1 2 3 4 5 6 7 8 9 0 minus equal'.split(' '),
  'q w e r t y u i o p bracket_left bracket_right'.split(' '),
  'a s d f g h j k l semicolon apostrophe backslash'.split(' '),
  'less z x c v b n m comma dot slash ro'.split(' '),
];

const US: Omit<LayoutTable, 'label'> = {
  plain: ['`1234567890-=', 'qwertyuiop[]', "asdfghjkl;'\\", ' zxcvbnm,./'],
  shift: ['~!@#$%^&*()_+', 'QWERTYUIOP{}', 'ASDFGHJKL:"|', ' ZXCVBNM<>?'],
};

export const LAYOUTS: Readonly<Record<KeyboardLayout, LayoutTable>> = {
  us: { label: 'English (US)', ...US },
  gb: {
    label: 'English (UK)',
    plain: ['`1234567890-=', 'qwertyuiop[]', "asdfghjkl;'#", '\\zxcvbnm,./'],
    shift: ['¬!"£$%^&*()_+', 'QWERTYUIOP{}', 'ASDFGHJKL:@~', '|ZXCVBNM<>?'],
    altGr: ['    €'],
  },
  de: {
    label: 'German',
    plain: ['ˆ1234567890ßˊ', 'qwertzuiopü+', 'asdfghjklöä#', '<yxcvbnm,.-'],
    shift: ['°!"§$%&/()=?ˋ', 'QWERTZUIOPÜ*', "ASDFGHJKLÖÄ'", '>YXCVBNM;:_'],
    altGr: ['  ²³   {[]}\\', '@ €        ~', '', '|      µ'],
  },
  fr: {
    label: 'French',
    plain: ['²&é"\'(-è_çà)=', 'azertyuiopˆ$', 'qsdfghjklmù*', '<wxcvbn,;:!'],
    shift: [' 1234567890°+', 'AZERTYUIOP¨£', 'QSDFGHJKLM%µ', '>WXCVBN?./§'],
    altGr: ['  ~#{[|`\\^@]}', '  €'],
  },
  es: {
    label: 'Spanish',
    plain: ["º1234567890'¡", 'qwertyuiopˋ+', 'asdfghjklñˊç', '<zxcvbnm,.-'],
    shift: ['ª!"·$%&/()=?¿', 'QWERTYUIOPˆ*', 'ASDFGHJKLÑ¨Ç', '>ZXCVBNM;:_'],
    altGr: ['\\|@#~ ¬', '  €       []', '          {}'],
  },
  it: {
    label: 'Italian',
    plain: ["\\1234567890'ì", 'qwertyuiopè+', 'asdfghjklòàù', '<zxcvbnm,.-'],
    shift: ['|!"£$%&/()=?^', 'QWERTYUIOPé*', 'ASDFGHJKLç°§', '>ZXCVBNM;:_'],
    altGr: ['           `~', '  €       []', '         @#'],
    shiftAltGr: ['', '          {}'],
  },
  ru: {
    label: 'Russian',
    plain: ['ё1234567890-=', 'йцукенгшщзхъ', 'фывапролджэ\\', ' ячсмитьбю.'],
    shift: ['Ё!"№;%:?*()_+', 'ЙЦУКЕНГШЩЗХЪ', 'ФЫВАПРОЛДЖЭ/', ' ЯЧСМИТЬБЮ,'],
    altGr: ['        ₽'],
  },
  br: {
    label: 'Portuguese (Brazil)',
    plain: ["'1234567890-=", 'qwertyuiopˊ[', 'asdfghjklç˜]', '\\zxcvbnm,.;/'],
    shift: ['"!@#$%¨&*()_+', 'QWERTYUIOPˋ{', 'ASDFGHJKLÇˆ}', '|ZXCVBNM<>:?'],
    altGr: [' ¹²³£¢¬     §', '/?°        ª', '           º'],
  },
  pt: {
    label: 'Portuguese (Portugal)',
    plain: ["\\1234567890'«", 'qwertyuiop+ˊ', 'asdfghjklçº˜', '<zxcvbnm,.-'],
    shift: ['|!"#$%&/()=?»', 'QWERTYUIOP*ˋ', 'ASDFGHJKLÇªˆ', '>ZXCVBNM;:_'],
    altGr: ['  @£§  {[]}', '  €       ¨'],
  },
  se: {
    label: 'Swedish',
    plain: ['§1234567890+ˊ', 'qwertyuiopå¨', "asdfghjklöä'", '<zxcvbnm,.-'],
    shift: ['½!"#¤%&/()=?ˋ', 'QWERTYUIOPÅˆ', 'ASDFGHJKLÖÄ*', '>ZXCVBNM;:_'],
    altGr: ['  @£$€ {[]}\\', '           ˜', '', '|      µ'],
  },
  pl: {
    label: 'Polish',
    ...US,
    altGr: ['', '  ę     ó', 'ąś      ł', ' żźć  ń'],
    shiftAltGr: ['', '  Ę     Ó', 'ĄŚ      Ł', ' ŻŹĆ  Ń'],
  },
};
