import { expect, test } from 'vitest'
import { forGrades, gradesFor, shownFigure, writtenFigure } from './words'

test('figures are written the way people write them', () => {
  expect(shownFigure('5_000_000')).toBe('5,000,000')
  expect(shownFigure('-4999999.99')).toBe('-4,999,999.99')
  expect(shownFigure('20%')).toBe('20%')
  expect(shownFigure('{line_a}')).toBe('{line_a}')
  expect(writtenFigure('5,000,000')).toBe('5_000_000')
  expect(writtenFigure('500万')).toBe('5_000_000')
  expect(writtenFigure('1.25 亿')).toBe('125_000_000')
  expect(writtenFigure('0.5万')).toBe('5000')
  expect(writtenFigure('1.23456万')).toBe('12_345.6')
  expect(writtenFigure('-5%')).toBe('-5%')
  expect(writtenFigure('1,5xx')).toBe('1,5xx')
  expect(writtenFigure('{line_a}')).toBe('{line_a}')
})

test('the grades of a duty are read and written', () => {
  expect(gradesFor('grade == "A"')).toEqual(['A'])
  expect(gradesFor('grade in ["A", "B"]')).toEqual(['A', 'B'])
  expect(gradesFor('grade == "A" && x')).toBeUndefined()
  expect(gradesFor(forGrades(['A', 'none']))).toEqual(['A', 'none'])
})
