#include "statistics.h"

#include "clones.h"

#include <math.h>
#include <string.h>

#pragma clang fp contract(fast)
// Functions that take vectors become part of those that call them, so that none is ever passed.
#pragma clang diagnostic ignored "-Wpsabi"

// MARK: - Gates

// ROWS rows at a time are put in the order of their groups, so that the sums of a group stay in registers; as
// many as PLANES binary digits can count. A bin is a bit of WORDS words.
enum { LANES = 16, PLANES = 8, ROWS = 248, WORDS = 2 };

typedef float floats __attribute__((ext_vector_type(LANES)));
typedef int32_t ints __attribute__((ext_vector_type(LANES)));
typedef uint32_t bits __attribute__((ext_vector_type(LANES)));

// Sixteen units side by side, the first of them in lane 0. The last vector of a row ends where the row ends
// and so begins with units of the vector before it; one of a short row ends with none. The lanes
// from..<to are its own.
struct block {
  size_t unit, from, to;
};

INLINE struct block block_at(size_t unit, size_t d) {
  if (d < LANES) return (struct block){.unit = 0, .from = 0, .to = d};
  size_t start = unit + LANES <= d ? unit : d - LANES;
  return (struct block){.unit = start, .from = unit - start, .to = LANES};
}

INLINE ints own_lanes(const struct block *block) {
  ints own;
  for (size_t lane = 0; lane < LANES; lane++) own[lane] = lane >= block->from && lane < block->to ? -1 : 0;
  return own;
}

INLINE floats read_units(const float *values, const struct block *block) {
  floats read = 0;
  if (block->to == LANES) {
    memcpy(&read, values + block->unit, sizeof read);
  } else {
    for (size_t lane = 0; lane < block->to; lane++) read[lane] = values[block->unit + lane];
  }
  return read;
}

INLINE void write_units(float *values, const struct block *block, floats written) {
  if (block->to == LANES) {
    memcpy(values + block->unit, &written, sizeof written);
  } else {
    for (size_t lane = 0; lane < block->to; lane++) values[block->unit + lane] = written[lane];
  }
}

// Adds to sums[d] the values of a block's own lanes.
INLINE void add_units(float *sums, const struct block *block, floats values, ints own) {
  write_units(sums, block, read_units(sums, block) + (floats)((ints)values & own));
}

INLINE void add_counts(uint32_t *counts, const struct block *block, ints values, ints own) {
  if (block->to == LANES) {
    bits all;
    memcpy(&all, counts + block->unit, sizeof all);
    all += (bits)(values & own);
    memcpy(counts + block->unit, &all, sizeof all);
  } else {
    for (size_t lane = 0; lane < block->to; lane++) counts[block->unit + lane] += (uint32_t)values[lane];
  }
}

// Rows in the order of their groups, those of one group as they stand: run i has the rows whose values begin at
// t + at[first[i]..<first[i + 1]].
struct sorted_rows {
  size_t runs, at[ROWS], first[ROWS + 1];
  int32_t group[ROWS];
};

INLINE void sort_rows(struct sorted_rows *sorted, const int32_t *groupOf, size_t n, size_t groups,
                      size_t stride) {
  uint8_t order[ROWS], next[ROWS];
  for (size_t row = 0; row < n; row++) order[row] = (uint8_t)row;
  // By one digit of eight bits after the other, the lowest first; few groups have one.
  for (uint32_t shift = 0; shift < 32 && (groups - 1) >> shift; shift += 8) {
    size_t digits = (groups - 1) >> shift < 255 ? ((groups - 1) >> shift) + 1 : 256;
    uint8_t place[256] = {0};
    for (size_t row = 0; row < n; row++) place[(uint32_t)groupOf[row] >> shift & 255]++;
    uint8_t begin = 0;
    for (size_t digit = 0; digit < digits; digit++) {
      uint8_t count = place[digit];
      place[digit] = begin;
      begin += count;
    }
    for (size_t row = 0; row < n; row++) {
      next[place[(uint32_t)groupOf[order[row]] >> shift & 255]++] = order[row];
    }
    memcpy(order, next, n);
  }
  sorted->runs = 0;
  for (size_t i = 0; i < n; i++) {
    int32_t group = groupOf[order[i]];
    sorted->at[i] = order[i] * stride;
    if (i == 0 || group != sorted->group[sorted->runs - 1]) {
      sorted->group[sorted->runs] = group;
      sorted->first[sorted->runs++] = i;
    }
  }
  sorted->first[sorted->runs] = n;
}

// The cells of a run, by lane.
struct cells {
  ints carried, transformed, open;
};

// Adds n rows of one group in the units of a block; row i begins at t + at[i]. In two loops, since the sums of
// both together have no room in the registers of all processors.
INLINE void add_run(const struct tg_gate_sums *sums, const struct block *block, const float *t,
                    const size_t *at, size_t n, size_t group, size_t d, float low, float high,
                    struct cells *cells) {
  ints own = own_lanes(block);
  floats shift = read_units(sums->shift, block), sum = 0, squares = 0;
  floats minimum = read_units(sums->minimum, block), maximum = read_units(sums->maximum, block);
  t += block->unit;
  for (size_t i = 0; i < n; i++) {
    floats v;
    memcpy(&v, t + at[i], sizeof v);
    floats moved = v - shift;
    sum += moved;
    squares += moved * moved;
    minimum = v < minimum ? v : minimum;
    maximum = v > maximum ? v : maximum;
  }
  write_units(sums->minimum, block, minimum);
  write_units(sums->maximum, block, maximum);
  add_units(sums->sum, block, sum, own);
  add_units(sums->groupSum + group * d, block, sum, own);
  add_units(sums->sumOfSquares, block, squares, own);

  ints isLow = 0, isHigh = 0, isOpen = 0;
  for (size_t i = 0; i < n; i++) {
    floats v;
    memcpy(&v, t + at[i], sizeof v);
    isLow -= v < low;
    isHigh -= v > high;
    isOpen -= v > 0.5f;
  }
  add_counts(sums->unitCells, block, isLow, own);
  add_counts(sums->unitCells + d, block, isHigh, own);
  cells->carried += isLow & own;
  cells->transformed += isHigh & own;
  cells->open += isOpen & own;
}

INLINE void add_cells(const struct tg_gate_sums *sums, size_t group, uint32_t all,
                      const struct cells *own) {
  uint32_t *cells = sums->groupCells + group * 4;
  uint32_t carried = (uint32_t)__builtin_reduce_add(own->carried);
  uint32_t transformed = (uint32_t)__builtin_reduce_add(own->transformed);
  cells[0] += carried;
  cells[1] += all - carried - transformed;
  cells[2] += transformed;
  cells[3] += (uint32_t)__builtin_reduce_add(own->open);
}

// Sets in found[][i] a bit for the bin of each unit; a NaN is in bin 0.
INLINE void find_bins(bits found[WORDS][8], size_t i, const float *t, float bins) {
  const floats zero = 0, top = bins - 1.0f;
  floats place;
  memcpy(&place, t, sizeof place);
  place *= bins;
  place = place > zero ? place : zero;
  place = place < top ? place : top;
  // Signed, since processors without AVX-512 convert to nothing else.
  ints bin = __builtin_convertvector(place, ints);
  bits bit = (bits)1 << (bits)(bin & 31), isUpper = (bits)(bin > 31);
  found[0][i] = bit & ~isUpper;
  found[1][i] = bit & isUpper;
}

// Adds three numbers of one binary digit, in each bit of its own: the sum stays in *sum.
INLINE void add_bits(bits *sum, const bits *a, const bits *b, bits *carry) {
  bits either = *sum ^ *a;
  *carry = (*sum & *a) | (either & *b);
  *sum = either ^ *b;
}

// Bit i of planes[k] is binary digit k of how often bin i was found, so that one word counts 32 bins.
INLINE void count_eight(bits planes[PLANES], const bits found[8]) {
  bits twos[4], fours[2], carry;
  for (int i = 0; i < 4; i++) add_bits(&planes[0], &found[2 * i], &found[2 * i + 1], &twos[i]);
  for (int i = 0; i < 2; i++) add_bits(&planes[1], &twos[2 * i], &twos[2 * i + 1], &fours[i]);
  add_bits(&planes[2], &fours[0], &fours[1], &carry);
  for (int plane = 3; plane < PLANES; plane++) {
    bits next = planes[plane] & carry;
    planes[plane] ^= carry;
    carry = next;
  }
}

// Adds to histogram[bins, d] how many of up to ROWS rows have each unit in each bin.
INLINE void count_bins(uint32_t *histogram, size_t bins, size_t d, const struct block *block,
                       const float *t, size_t tStride, size_t n) {
  bits planes[WORDS][PLANES] = {0};
  for (size_t row = 0; row < n; row += 8) {
    bits found[WORDS][8] = {0};
    if (n - row >= 8) {
      for (size_t i = 0; i < 8; i++) find_bins(found, i, t + (row + i) * tStride, (float)bins);
    } else {
      for (size_t i = 0; row + i < n; i++) find_bins(found, i, t + (row + i) * tStride, (float)bins);
    }
    for (int word = 0; word < WORDS; word++) count_eight(planes[word], found[word]);
  }
  // Every eighth bin has its count in a byte of one word.
  for (size_t first = 0; first < 8 && first < bins; first++) {
    for (size_t word = 0; word < WORDS; word++) {
      bits counts = 0;
      for (uint32_t plane = 0; plane < PLANES; plane++)
        counts |= (planes[word][plane] >> (uint32_t)first & 0x01010101) << plane;
      for (size_t bin = 32 * word + first; bin < bins && bin < 32 * (word + 1); bin += 8) {
        bits count = counts & 255;
        uint32_t each[LANES];
        memcpy(each, &count, sizeof each);
        uint32_t *all = histogram + bin * d + block->unit;
        for (size_t lane = block->from; lane < block->to; lane++) all[lane] += each[lane];
        counts >>= 8;
      }
    }
  }
}

// The rows begin..<begin + rows of T; where a row is shorter than a vector, copied to `wide` and filled up.
INLINE const float *rows_of(const float *t, size_t stride, size_t begin, size_t rows, size_t d,
                            float wide[ROWS][LANES]) {
  const float *values = t + begin * stride;
  if (d >= LANES) return values;
  for (size_t row = 0; row < rows; row++) {
    for (size_t i = 0; i < LANES; i++) wide[row][i] = i < d ? values[row * stride + i] : 0;
  }
  return wide[0];
}

// The groups of the rows begin..<begin + rows; where examples have several rows, written to `repeated`.
INLINE const int32_t *groups_of(const int32_t *groupOf, size_t rowsPerGroup, size_t begin,
                                size_t rows, int32_t repeated[ROWS]) {
  if (rowsPerGroup == 1) return groupOf + begin;
  // Counted, since a division for each row would take as long as a vector of gates.
  const int32_t *group = groupOf + begin / rowsPerGroup;
  size_t left = rowsPerGroup - begin % rowsPerGroup;
  for (size_t row = 0; row < rows; row++) {
    if (left == 0) group++, left = rowsPerGroup;
    repeated[row] = *group;
    left--;
  }
  return repeated;
}

CLONES void tg_gate_sums_add(const struct tg_gate_sums *sums, const float *t, size_t stride,
                             const int32_t *groupOf, size_t rowsPerGroup, size_t n, size_t d,
                             size_t groups, size_t bins, float low, float high) {
  for (size_t begin = 0; begin < n; begin += ROWS) {
    size_t rows = n - begin < ROWS ? n - begin : ROWS;
    int32_t repeated[ROWS];
    float wide[ROWS][LANES];
    const float *values = rows_of(t, stride, begin, rows, d, wide);
    size_t apart = d < LANES ? LANES : stride;
    struct sorted_rows sorted;
    sort_rows(&sorted, groups_of(groupOf, rowsPerGroup, begin, rows, repeated), rows, groups, apart);
    for (size_t run = 0; run < sorted.runs; run++) {
      size_t first = sorted.first[run], count = sorted.first[run + 1] - first;
      size_t group = (size_t)sorted.group[run];
      struct cells cells = {0, 0, 0};
      for (size_t unit = 0; unit < d; unit += LANES) {
        struct block block = block_at(unit, d);
        add_run(sums, &block, values, sorted.at + first, count, group, d, low, high, &cells);
      }
      add_cells(sums, group, (uint32_t)(count * d), &cells);
    }
    for (size_t unit = 0; unit < d; unit += LANES) {
      struct block block = block_at(unit, d);
      count_bins(sums->histogram, bins, d, &block, values + block.unit, apart, rows);
    }
  }
}

// MARK: - Outputs

// Sums run in sixteen lanes that are added at the end: fast, and the same for every instruction set.
enum { SUM_LANES = 16 };

INLINE double sum_of_lanes(const double *lanes) {
  double sum = 0;
  for (size_t lane = 0; lane < SUM_LANES; lane++) sum += lanes[lane];
  return sum;
}

CLONES double tg_sum_of_distances(const float *a, const float *b, size_t count) {
  double sums[SUM_LANES] = {0};
  size_t whole = count / SUM_LANES * SUM_LANES;
  for (size_t i = 0; i < whole; i += SUM_LANES) {
    for (size_t lane = 0; lane < SUM_LANES; lane++) sums[lane] += fabsf(a[i + lane] - b[i + lane]);
  }
  for (size_t i = whole; i < count; i++) sums[i - whole] += fabsf(a[i] - b[i]);
  return sum_of_lanes(sums);
}

CLONES void tg_sums_of_difference(const float *a, const float *b, size_t count, double *sum,
                                  double *squares) {
  double first[SUM_LANES] = {0}, second[SUM_LANES] = {0};
  size_t whole = count / SUM_LANES * SUM_LANES;
  for (size_t i = 0; i < whole; i += SUM_LANES) {
    for (size_t lane = 0; lane < SUM_LANES; lane++) {
      double difference = (double)a[i + lane] - (double)b[i + lane];
      first[lane] += difference;
      second[lane] += difference * difference;
    }
  }
  for (size_t i = whole; i < count; i++) {
    double difference = (double)a[i] - (double)b[i];
    first[i - whole] += difference;
    second[i - whole] += difference * difference;
  }
  *sum = sum_of_lanes(first);
  *squares = sum_of_lanes(second);
}

CLONES void tg_add_responses(const float *h, size_t stride, const float *x, size_t rows, size_t features,
                             double *sums, double *squares, double *inputSquares, double *products) {
  double xs[SUM_LANES] = {0}, hx[SUM_LANES] = {0};
  size_t whole = features / SUM_LANES * SUM_LANES;
  for (size_t row = 0; row < rows; row++) {
    const float *from = h + row * stride;
    for (size_t i = 0; i < features; i++) {
      sums[i] += from[i];
      squares[i] += (double)from[i] * from[i];
    }
    if (!x) continue;
    const float *input = x + row * features;
    for (size_t i = 0; i < whole; i += SUM_LANES) {
      for (size_t lane = 0; lane < SUM_LANES; lane++) {
        xs[lane] += (double)input[i + lane] * input[i + lane];
        hx[lane] += (double)from[i + lane] * input[i + lane];
      }
    }
    for (size_t i = whole; i < features; i++) {
      xs[i - whole] += (double)input[i] * input[i];
      hx[i - whole] += (double)from[i] * input[i];
    }
  }
  *inputSquares += sum_of_lanes(xs);
  *products += sum_of_lanes(hx);
}
