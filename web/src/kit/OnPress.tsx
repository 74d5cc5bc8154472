import { type ReactElement, type ReactNode, type RefObject, Suspense, useEffect, useRef, useState } from 'react'

interface Props {
  /** The button as it stands before the first press. */
  button: (press: () => void) => ReactElement
  /** What takes its place from then on: a lazy part with the same button in it, open at once (`useOpened`). */
  children: ReactNode
}

/** A button whose menu is loaded when it is first pressed: menus are heavier than the pages around them. */
export function OnPress({ button, children }: Props) {
  const [pressed, setPressed] = useState(false)
  const plain = button(() => setPressed(true))
  return pressed ? <Suspense fallback={plain}>{children}</Suspense> : plain
}

/** useOpened is for the part that OnPress shows: the menu is open, and its button takes over the focus of the one it replaces. */
export function useOpened(): {
  button: RefObject<HTMLButtonElement | null>
  menu: { open: boolean; onOpenChange: (on: boolean) => void }
} {
  const button = useRef<HTMLButtonElement>(null)
  const [open, onOpenChange] = useState(true)
  useEffect(() => button.current?.focus(), [])
  return { button, menu: { open, onOpenChange } }
}
