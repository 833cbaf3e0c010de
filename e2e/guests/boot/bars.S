# A guest of one sector. It shows sixteen vertical colour bars (VGA mode 13h), prints BARS on COM1, and from then on
# answers each key: the lowest fifth of the picture takes the colour of the key's ASCII code, and the key goes to COM1.
# It has no operating system: it never reacts to the power button.
#
#   as --32 -o bars.o bars.S && objcopy -O binary -j .text bars.o bars.bin      (bars.mjs holds the result)
.code16
start:
    cli
    xor %ax, %ax
    mov %ax, %ds
    mov %ax, %ss
    mov $0x7c00, %sp
    sti
    cld
    mov $0x0013, %ax            # 320x200, 256 colours
    int $0x10
    mov $0xa000, %ax
    mov %ax, %es

    xor %di, %di
    mov $200, %dx               # rows
next_row:
    xor %bx, %bx
next_pixel:
    mov %bx, %ax
    mov $20, %cl
    div %cl                     # al = column / 20 = bar 0 to 15 = colour
    stosb
    inc %bx
    cmp $320, %bx
    jne next_pixel
    dec %dx
    jnz next_row

    mov $(banner - start + 0x7c00), %si
next_character:
    lodsb
    test %al, %al
    jz wait_for_key
    call send
    jmp next_character

wait_for_key:
    xor %ah, %ah
    int $0x16                   # al = ASCII
    push %ax
    call send
    pop %ax
    mov $(320 * 160), %di
    mov $(320 * 40), %cx
    rep stosb
    jmp wait_for_key

send:                           # al to COM1
    push %ax
    mov $0x3fd, %dx
busy:
    in %dx, %al
    test $0x20, %al
    jz busy
    pop %ax
    mov $0x3f8, %dx
    out %al, %dx
    ret

banner:
    .asciz "BARS\r\n"
.org 510
    .word 0xaa55
