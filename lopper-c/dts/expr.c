/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Integer expressions: C's operators and precedence over unsigned 64-bit numbers, as dtc computes
 * them (a shift by 64 or more gives 0, both arms of ?: are evaluated). Knows only numbers.
 */
#include "lopper-c/dts/parser.h"

static uint64_t ternary(struct lop_parser *p);

/* Binary operators, the loosest level first. */
static const struct {
	int kind;
	unsigned int level;
} operators[] = {
	{ LOP_TOK_OR, 1 }, { LOP_TOK_AND, 2 }, { '|', 3 },	   { '^', 4 }, { '&', 5 },
	{ LOP_TOK_EQ, 6 }, { LOP_TOK_NE, 6 },  { '<', 7 },	   { '>', 7 }, { LOP_TOK_LE, 7 },
	{ LOP_TOK_GE, 7 }, { LOP_TOK_SHL, 8 }, { LOP_TOK_SHR, 8 }, { '+', 9 }, { '-', 9 },
	{ '*', 10 },	   { '/', 10 },	       { '%', 10 },
};

#define TIGHTEST 10

/* 0: not a binary operator. */
static unsigned int level_of(int kind)
{
	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++)
		if (operators[i].kind == kind)
			return operators[i].level;
	return 0;
}

static uint64_t divide(struct lop_parser *p, int kind, uint64_t a, uint64_t b,
		       struct lop_span operands)
{
	if (b == 0) {
		struct lop_diag *d;

		if (!p->expr_bad) {
			d = lop_report(p->diags, LOP_DTS_EXPRESSION, operands, "division by zero");
			lop_diag_label(d, operands, "the right side is 0");
			lop_diag_help(d, "divide by another number; a macro in it may be 0");
		}
		p->expr_bad = true;
		return 0;
	}
	return kind == '/' ? a / b : a % b;
}

static uint64_t compute(struct lop_parser *p, int kind, uint64_t a, uint64_t b,
			struct lop_span operands)
{
	switch (kind) {
	case LOP_TOK_OR:
		return a || b;
	case LOP_TOK_AND:
		return a && b;
	case '|':
		return a | b;
	case '^':
		return a ^ b;
	case '&':
		return a & b;
	case LOP_TOK_EQ:
		return a == b;
	case LOP_TOK_NE:
		return a != b;
	case '<':
		return a < b;
	case '>':
		return a > b;
	case LOP_TOK_LE:
		return a <= b;
	case LOP_TOK_GE:
		return a >= b;
	case LOP_TOK_SHL:
		return b < 64 ? a << b : 0;
	case LOP_TOK_SHR:
		return b < 64 ? a >> b : 0;
	case '+':
		return a + b;
	case '-':
		return a - b;
	case '*':
		return a * b;
	default:
		return divide(p, kind, a, b, operands);
	}
}

static void bad_operand(struct lop_parser *p)
{
	if (p->expr_bad)
		return;
	p->expr_bad = true;
	lop_parser_unexpected(
		p, "a number",
		p->tok.kind == LOP_TOK_WORD
			? "if it is a macro, include the file that defines it, or give it with -D"
			: "write a number here, or remove the operator before it");
}

/* Over the rest of a parenthesised expression that has gone wrong, to behind its `)`. */
static void skip_parentheses(struct lop_parser *p)
{
	unsigned int depth = 0;

	for (;; lop_parser_advance(p)) {
		int kind = p->tok.kind;

		if (kind == ';' || kind == '{' || kind == '}' || kind == LOP_TOK_EOF)
			return;
		if (kind == '(')
			depth++;
		if (kind == ')' && depth-- == 0)
			break;
	}
	lop_parser_advance(p);
}

static uint64_t parenthesised(struct lop_parser *p)
{
	struct lop_span open = p->tok.span;
	uint64_t value;

	lop_parser_advance(p);
	value = ternary(p);
	if (!p->expr_bad && p->tok.kind != ')') {
		struct lop_diag *d = lop_parser_unexpected(
			p, "an operator or `)`", "close the `(` with `)`, or write an operator");

		lop_diag_label(d, open, "opened here");
		p->expr_bad = true;
	}
	if (p->expr_bad)
		skip_parentheses(p);
	else
		lop_parser_advance(p);
	return value;
}

static bool too_deep(struct lop_parser *p)
{
	struct lop_diag *d;

	if (p->expr_depth < LOP_PARSER_MAX_EXPR)
		return false;
	if (!p->expr_bad) {
		d = lop_report(p->diags, LOP_LIMIT, p->tok.span,
			       "an expression nested more than %d levels deep",
			       LOP_PARSER_MAX_EXPR);
		lop_diag_label(d, p->tok.span, "too deep here");
		lop_diag_help(
			d,
			"remove parentheses and signs that change nothing; nothing real nests this deep");
	}
	p->expr_bad = true;
	return true;
}

static uint64_t primary(struct lop_parser *p)
{
	uint64_t value;

	if (p->tok.kind == LOP_TOK_NUMBER || p->tok.kind == LOP_TOK_CHAR) {
		value = p->tok.number;
		lop_parser_advance(p);
		return value;
	}
	if (p->tok.kind != '(') {
		bad_operand(p);
		return 0;
	}
	return parenthesised(p);
}

static uint64_t unary(struct lop_parser *p)
{
	int kind = p->tok.kind;
	uint64_t value;

	if (p->expr_bad || too_deep(p))
		return 0;
	p->expr_depth++;
	if (kind == '-' || kind == '~' || kind == '!') {
		lop_parser_advance(p);
		value = unary(p);
		value = kind == '-' ? 0 - value : kind == '~' ? ~value : !value;
	} else {
		value = primary(p);
	}
	p->expr_depth--;
	return value;
}

static uint64_t binary(struct lop_parser *p, unsigned int level)
{
	struct lop_span start = p->tok.span;
	uint64_t value = level < TIGHTEST ? binary(p, level + 1) : unary(p);

	while (!p->expr_bad && level_of(p->tok.kind) == level) {
		int kind = p->tok.kind;
		uint64_t right;

		lop_parser_advance(p);
		right = level < TIGHTEST ? binary(p, level + 1) : unary(p);
		if (!p->expr_bad)
			value = compute(p, kind, value, right, lop_parser_since(p, start));
	}
	return value;
}

static uint64_t ternary(struct lop_parser *p)
{
	uint64_t condition = binary(p, 1);
	uint64_t yes, no;

	if (p->expr_bad || p->tok.kind != '?')
		return condition;
	if (too_deep(p))
		return 0;
	p->expr_depth++;
	lop_parser_advance(p);
	yes = ternary(p);
	if (!p->expr_bad && !lop_parser_accept(p, ':')) {
		lop_parser_unexpected(p, "`:` of this `?:`", "write CONDITION ? VALUE : VALUE");
		p->expr_bad = true;
	}
	no = p->expr_bad ? 0 : ternary(p);
	p->expr_depth--;
	return condition ? yes : no;
}

bool lop_parser_integer(struct lop_parser *p, uint64_t *value)
{
	p->expr_bad = false;
	p->expr_depth = 0;
	*value = primary(p);
	return !p->expr_bad;
}
