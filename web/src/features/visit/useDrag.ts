import { type PointerEvent as ReactPointerEvent, useEffect, useRef, useState } from 'react'

/** How far a mouse moves before it drags, in pixels; a finger that moves that far before it held still scrolls instead. */
const SLOP_PX = 6
/** How long a finger rests before it drags. */
const HOLD_MS = 300
/** How near to the edge of the page what is held turns it, in pixels, and how fast, in pixels at a time. */
const EDGE_PX = 48
const TURN_PX = 8
const TURN_MS = 16

interface Drag {
  id: string
  /** The day under the pointer; undefined outside of all days. */
  over?: string
}

interface Start {
  id: string
  x: number
  y: number
  touch: boolean
  timer?: number
}

/**
 * useDrag drags things onto days, by mouse, pen and finger. Days carry `data-day`. `grip(id)` are the handlers of what can be dragged;
 * Escape lets go. The press that ends a drag opens nothing: `dropped()` is true for it.
 */
export function useDrag(onDrop: (id: string, day: string) => void) {
  const [drag, setDrag] = useState<Drag>()
  const [start, setStart] = useState<Start>()
  const now = useRef({ drag, onDrop })
  now.current = { drag, onDrop }
  const ended = useRef(0)

  useEffect(() => {
    if (!start) return
    const at = { x: start.x, y: start.y }
    // Days that lie further up or down come into sight.
    const turning = window.setInterval(() => {
      if (!now.current.drag || !turn(at.y)) return
      setDrag({ id: start.id, over: dayAt(at.x, at.y) })
    }, TURN_MS)
    const end = () => {
      window.clearTimeout(start.timer)
      if (now.current.drag) ended.current = Date.now()
      setStart(undefined)
      setDrag(undefined)
    }
    const move = (e: PointerEvent) => {
      at.x = e.clientX
      at.y = e.clientY
      if (now.current.drag) setDrag({ id: start.id, over: dayAt(e.clientX, e.clientY) })
      else if (Math.hypot(e.clientX - start.x, e.clientY - start.y) > SLOP_PX) {
        if (start.touch) end()
        else setDrag({ id: start.id })
      }
    }
    const up = () => {
      const { drag: d, onDrop: drop } = now.current
      end()
      if (d?.over) drop(d.id, d.over)
    }
    const key = (e: KeyboardEvent) => e.key === 'Escape' && end()
    // While a thing is held, the finger moves it and not the page.
    const hold = (e: TouchEvent) => now.current.drag && e.preventDefault()
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', up)
    window.addEventListener('pointercancel', end)
    window.addEventListener('keydown', key)
    window.addEventListener('touchmove', hold, { passive: false })
    return () => {
      window.clearInterval(turning)
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', up)
      window.removeEventListener('pointercancel', end)
      window.removeEventListener('keydown', key)
      window.removeEventListener('touchmove', hold)
    }
  }, [start])

  const grip = (id: string) => ({
    onPointerDown: (e: ReactPointerEvent) => {
      if (e.button !== 0) return
      const touch = e.pointerType === 'touch'
      // A touch would keep all that follows to itself: the day under the finger must be found.
      if (e.target instanceof Element && e.target.hasPointerCapture?.(e.pointerId))
        e.target.releasePointerCapture(e.pointerId)
      const timer = touch ? window.setTimeout(() => setDrag({ id }), HOLD_MS) : undefined
      setStart({ id, x: e.clientX, y: e.clientY, touch, timer })
    },
  })
  return { drag, grip, dropped: () => Date.now() - ended.current < HOLD_MS }
}

/** Scrolls the page while something is held at its upper or lower edge; false where it did not move. */
function turn(y: number): boolean {
  const page = document.getElementById('main')
  if (!page) return false
  const { top, bottom } = page.getBoundingClientRect()
  const was = page.scrollTop
  if (y < top + EDGE_PX) page.scrollTop -= TURN_PX
  else if (y > bottom - EDGE_PX) page.scrollTop += TURN_PX
  return page.scrollTop !== was
}

function dayAt(x: number, y: number): string | undefined {
  return document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-day]')?.dataset.day
}
