import { createElement, Fragment, type ReactNode } from 'react'
import { type Block, type Inline, parseMarkdown } from './markdown'
import './markdown.css'

/** A text in Markdown. It becomes elements, never HTML: what looks like HTML is shown as it was typed. */
export function Markdown({ text, lang }: { text: string; lang?: 'zh' | 'en' }) {
  return (
    <div className="md" lang={lang === 'zh' ? 'zh-CN' : lang}>
      <Blocks of={parseMarkdown(text)} />
    </div>
  )
}

// The page has the first heading and the panel the second: those of a text come below.
const TOP = 2
const LOWEST = 6

function Blocks({ of }: { of: Block[] }): ReactNode {
  return of.map((b, i) => <One key={i} block={b} />)
}

function One({ block: b }: { block: Block }) {
  if (b.kind === 'heading') return createElement(`h${Math.min(TOP + b.level, LOWEST)}`, null, <Inlines of={b.inner} />)
  if (b.kind === 'para')
    return (
      <p>
        <Inlines of={b.inner} />
      </p>
    )
  if (b.kind === 'quote')
    return (
      <blockquote>
        <Blocks of={b.inner} />
      </blockquote>
    )
  if (b.kind === 'code')
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
      <pre tabIndex={0}>
        <code>{b.text}</code>
      </pre>
    )
  if (b.kind === 'table') return <Table block={b} />
  if (b.kind === 'rule') return <hr />
  const items = b.items.map((inner, i) => (
    <li key={i}>
      <Item of={inner} />
    </li>
  ))
  return b.ordered ? <ol start={b.start}>{items}</ol> : <ul>{items}</ul>
}

/** An item of one paragraph stands without its paragraph. */
function Item({ of }: { of: Block[] }) {
  const [first, ...rest] = of
  if (first?.kind !== 'para') return <Blocks of={of} />
  return (
    <>
      <Inlines of={first.inner} />
      <Blocks of={rest} />
    </>
  )
}

function Table({ block: b }: { block: Extract<Block, { kind: 'table' }> }) {
  return (
    <div className="plain-wrap">
      <table className="plain">
        <thead>
          <tr>
            {b.head.map((c, i) => (
              <th key={i} scope="col">
                <Inlines of={c} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {b.rows.map((row, i) => (
            <tr key={i}>
              {row.map((c, k) => (
                <td key={k}>
                  <Inlines of={c} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Inlines({ of }: { of: Inline[] }): ReactNode {
  return of.map((x, i) => <Fragment key={i}>{piece(x)}</Fragment>)
}

function piece(x: Inline): ReactNode {
  switch (x.kind) {
    case 'text':
      return x.text
    case 'code':
      return <code>{x.text}</code>
    case 'strong':
      return (
        <strong>
          <Inlines of={x.inner} />
        </strong>
      )
    case 'em':
      return (
        <em>
          <Inlines of={x.inner} />
        </em>
      )
    case 'link':
      return (
        <a
          className="link"
          href={x.href}
          {...(/^https?:/i.test(x.href) && { target: '_blank', rel: 'noopener noreferrer' })}
        >
          <Inlines of={x.inner} />
        </a>
      )
  }
}
