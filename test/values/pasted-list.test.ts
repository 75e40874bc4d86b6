/** Pasted lists become options. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { pastedLines } from '../../app/values/pasted-list.ts'

describe('values/pasted-list', () => {
  const lists: Array<[text: string, lines: string[]]> = [
    ['a\nb', ['a', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['a\u000bb\u2028c\u0085d', ['a', 'b', 'c', 'd']],
    ['a\rb\fc\u2029d', ['a', 'b', 'c', 'd']],
    ['- a\n- b', ['a', 'b']],
    ['  - a\n\t-  b', ['a', 'b']],
    ['a - b\nc - d', ['a - b', 'c - d']],
    ['[X] a\n[] b', ['a', 'b']],
    [' 1.  a\n 2. b', ['a', 'b']],
    ['1: a\n2: b', ['a', 'b']],
    ['x 1. a\ny 2. b', ['x 1. a', 'y 2. b']],
    ['• a\n\n• b', ['a', 'b']],
    ['•\ta\n•\tb', ['a', 'b']],
    ['[ ] a\n[x] b', ['a', 'b']],
    ['1. a\n2. b\n3. c', ['a', 'b', 'c']],
    ['1) a\n2) b', ['a', 'b']],
    ['(a) x\n(b) y', ['x', 'y']],
    ['A. x\nB. y', ['x', 'y']],
    ['1. FC Köln', ['1. FC Köln']],
    ['- none', ['- none']],
    ['1. FC Köln\n1. FC Nürnberg', ['1. FC Köln', '1. FC Nürnberg']],
    ['3. Liga\n2. Bundesliga', ['3. Liga', '2. Bundesliga']],
    ['- a\nb', ['- a', 'b']],
    ['-5\n-6', ['-5', '-6']],
    ['1、苹果\n2、香蕉', ['苹果', '香蕉']],
    ['１．苹果\n２．香蕉', ['１．苹果', '２．香蕉']],
    ['（1）苹果\n（2）香蕉', ['苹果', '香蕉']],
    ['① x\n②y', ['x', 'y']],
    ['一、苹果\n二、香蕉', ['苹果', '香蕉']],
    [
      Array.from('一二三四五六七八九十', one => `${one}、x`)
        .concat('十一、x')
        .join('\n'),
      Array.from({ length: 11 }, () => 'x')
    ],
    ['一、二\n一、三', ['一、二', '一、三']],
    ['\uF0B7 a\n\uF0B7\tb', ['a', 'b']],
    ['3.5 l\n4.5 l', ['3.5 l', '4.5 l']],
    ['1.5 l\n2.5 l', ['1.5 l', '2.5 l']],
    ['', []],
    [' \n ', []]
  ]
  for (const [text, lines] of lists)
    test(JSON.stringify(text), () => assert.deepEqual(pastedLines(text), lines))

  for (const bullet of '-*+–—•‣◦▪▫●○■□·☐☑☒✓✔➢►◆')
    test(`${bullet} is a bullet`, () => assert.deepEqual(pastedLines(`${bullet} a\n${bullet} b`), ['a', 'b']))
})
