import {
  BookOpenText,
  Building2,
  CalendarCheck,
  ClipboardList,
  House,
  Lightbulb,
  Mail,
  MapPinned,
  Medal,
  Settings,
} from 'lucide-react'
import type { ReactNode } from 'react'

/** A place in the navigation. */
export interface Area {
  key: 'workbench' | 'customer' | 'grading' | 'duty' | 'visit' | 'case' | 'message' | 'knowledge' | 'rulebook' | 'admin'
  path:
    | '/'
    | '/customers'
    | '/grading'
    | '/service'
    | '/visits'
    | '/cases'
    | '/messages'
    | '/knowledge'
    | '/rulebooks'
    | '/settings'
  icon: ReactNode
  /** Goes there from anywhere. */
  keys: string
  /** Shown only to people with this permission; without it to everybody. */
  perm?: string
  /** Where its pages lie besides its own path. */
  also?: string[]
  /** Stands in the bar at the bottom of the phone. */
  phone: boolean
}

const stroke = { size: 18, strokeWidth: 1.75, 'aria-hidden': true } as const

/** The areas that exist, in the order of the product. */
export const areas: Area[] = [
  { key: 'workbench', path: '/', icon: <House {...stroke} />, keys: 'g w', phone: true },
  { key: 'customer', path: '/customers', icon: <Building2 {...stroke} />, keys: 'g c', phone: true },
  { key: 'grading', path: '/grading', icon: <Medal {...stroke} />, keys: 'g g', phone: true },
  { key: 'duty', path: '/service', icon: <CalendarCheck {...stroke} />, keys: 'g s', phone: true },
  {
    key: 'visit',
    path: '/visits',
    icon: <MapPinned {...stroke} />,
    keys: 'g v',
    perm: 'duty.read',
    phone: true,
  },
  {
    key: 'case',
    path: '/cases',
    also: ['/registers'],
    icon: <ClipboardList {...stroke} />,
    keys: 'g t',
    perm: 'procedure.read',
    phone: true,
  },
  {
    key: 'message',
    path: '/messages',
    icon: <Mail {...stroke} />,
    keys: 'g m',
    perm: 'message.read',
    phone: false,
  },
  {
    key: 'knowledge',
    path: '/knowledge',
    also: ['/training'],
    icon: <Lightbulb {...stroke} />,
    keys: 'g k',
    perm: 'article.read',
    phone: false,
  },
  { key: 'rulebook', path: '/rulebooks', icon: <BookOpenText {...stroke} />, keys: 'g r', phone: false },
  { key: 'admin', path: '/settings', icon: <Settings {...stroke} />, keys: 'g a', phone: false },
]
