#include "statistics.h"

#include "clones.h"

#include <math.h>
#include <string.h>

#pragma clang fp contract(fast)

// MARK: - Gates

// Up to BLOCKS vectors of units go through a row at a time; ROWS rows do so before their bins are counted,
// as many as PLANES binary digits can count. A bin is a bit of WORDS words.
enum { LANES = 16, BLOCKS = 4, PLANES = 8, ROWS = 248, WORDS = 2, GROUPS = 256 };

typedef float floats __attribute__((ext_vector_type(LANES)));
typedef int32_t ints __attribute__((ext_vector_type(LANES)));
typedef uint32_t bits __attribute__((ext_vector_type(LANES)));

// Sixteen units side by side, the first of them in lane 0. The last vector of a row ends where the row ends
// and so begins with units of the vector before it; one of a short row ends with none. The lanes
// from..<to are its own.
struct block {
  size_t unit, from, to;
  floats shift;
};

// The sums of BLOCKS vectors of units.
struct block_sums {
  floats squares[BLOCKS], minimum[BLOCKS], maximum[BLOCKS];
  floats groupSum[GROUPS][BLOCKS];
  ints low[BLOCKS], high[BLOCKS];  // rows below the low threshold, above the high one
  ints cells[GROUPS][3];           // carried, transformed, open
};

// Divides up to BLOCKS·LANES units from `first` on; returns the number of blocks.
INLINE size_t begin_blocks(struct block_sums *own, struct block *blocks,
                           const struct tg_gate_sums *sums, size_t first, size_t d,
                           size_t groups) {
  size_t count = 0, width = d < LANES ? d : LANES;
  for (size_t unit = first; unit < d && count < BLOCKS; unit += LANES, count++) {
    size_t start = unit + width <= d ? unit : d - width;
    blocks[count] = (struct block){.unit = start, .from = unit - start, .to = width};
    own->squares[count] = own->minimum[count] = own->maximum[count] = 0;
    own->low[count] = own->high[count] = 0;
    memcpy(&blocks[count].shift, sums->shift + start, width * sizeof(float));
    memcpy(&own->minimum[count], sums->minimum + start, width * sizeof(float));
    memcpy(&own->maximum[count], sums->maximum + start, width * sizeof(float));
  }
  memset(own->groupSum, 0, groups * sizeof own->groupSum[0]);
  memset(own->cells, 0, groups * sizeof own->cells[0]);
  return count;
}

INLINE void add_rows(struct block_sums *sums, const struct block *blocks, size_t count,
                     const float *t, size_t tStride, const int32_t *groupOf, size_t n, float low,
                     float high) {
  const struct block *last = &blocks[count - 1];
  ints own;
  for (size_t lane = 0; lane < LANES; lane++) own[lane] = lane >= last->from && lane < last->to ? -1 : 0;
  for (size_t row = 0; row < n; row++) {
    floats *groupSum = sums->groupSum[groupOf[row]];
    ints *cells = sums->cells[groupOf[row]];
    ints carried = cells[0], transformed = cells[1], open = cells[2];
    for (size_t b = 0; b < count; b++) {
      floats v;
      memcpy(&v, t + row * tStride + blocks[b].unit, sizeof v);
      floats moved = v - blocks[b].shift;
      groupSum[b] += moved;
      sums->squares[b] += moved * moved;
      sums->minimum[b] = v < sums->minimum[b] ? v : sums->minimum[b];
      sums->maximum[b] = v > sums->maximum[b] ? v : sums->maximum[b];
      ints counted = b < count - 1 ? (ints)-1 : own;
      ints isLow = v < low, isHigh = v > high;
      sums->low[b] -= isLow;
      sums->high[b] -= isHigh;
      carried -= isLow & counted;
      transformed -= isHigh & counted;
      open -= (v > 0.5f) & counted;
    }
    cells[0] = carried;
    cells[1] = transformed;
    cells[2] = open;
  }
}

// Sets in found[][i] a bit for the bin of each unit; a NaN is in bin 0.
INLINE void find_bins(bits found[WORDS][8], size_t i, const float *t, float bins) {
  const floats zero = 0, top = bins - 1.0f;
  floats place;
  memcpy(&place, t, sizeof place);
  place *= bins;
  place = place > zero ? place : zero;
  place = place < top ? place : top;
  bits bin = __builtin_convertvector(place, bits), one = 1;
  for (uint32_t word = 0; word < WORDS; word++) {
    bits bit = bin - 32 * word;
    found[word][i] = bit < 32 ? one << (bit & 31) : 0;
  }
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

INLINE void add_own(float *sums, const struct block *block, const floats *values) {
  float each[LANES];
  memcpy(each, values, sizeof each);
  for (size_t lane = block->from; lane < block->to; lane++) sums[block->unit + lane] += each[lane];
}

INLINE void end_blocks(const struct tg_gate_sums *sums, const struct block_sums *own,
                       const struct block *blocks, size_t count, size_t d, size_t groups) {
  for (size_t b = 0; b < count; b++) {
    const struct block *block = &blocks[b];
    add_own(sums->sumOfSquares, block, &own->squares[b]);
    for (size_t group = 0; group < groups; group++) {
      add_own(sums->sum, block, &own->groupSum[group][b]);
      add_own(sums->groupSum + group * d, block, &own->groupSum[group][b]);
    }
    for (size_t lane = block->from; lane < block->to; lane++) {
      sums->minimum[block->unit + lane] = own->minimum[b][lane];
      sums->maximum[block->unit + lane] = own->maximum[b][lane];
      sums->unitCells[block->unit + lane] += (uint32_t)own->low[b][lane];
      sums->unitCells[d + block->unit + lane] += (uint32_t)own->high[b][lane];
    }
  }
  for (size_t group = 0; group < groups; group++) {
    uint32_t *cells = sums->groupCells + group * 4;
    uint32_t carried = (uint32_t)__builtin_reduce_add(own->cells[group][0]);
    uint32_t transformed = (uint32_t)__builtin_reduce_add(own->cells[group][1]);
    cells[0] += carried;
    cells[1] -= carried + transformed;
    cells[2] += transformed;
    cells[3] += (uint32_t)__builtin_reduce_add(own->cells[group][2]);
  }
}

// What add_rows and end_blocks do, for more groups than fit on the stack: straight into the sums.
INLINE void add_rows_of_many_groups(const struct tg_gate_sums *sums, const float *t, size_t stride,
                                    const int32_t *groupOf, size_t n, size_t d, float low,
                                    float high) {
  for (size_t row = 0; row < n; row++) {
    const float *v = t + row * stride;
    float *groupSum = sums->groupSum + (size_t)groupOf[row] * d;
    uint32_t carried = 0, transformed = 0, open = 0;
    for (size_t i = 0; i < d; i++) {
      float moved = v[i] - sums->shift[i];
      groupSum[i] += moved;
      sums->sum[i] += moved;
      sums->sumOfSquares[i] += moved * moved;
      sums->minimum[i] = v[i] < sums->minimum[i] ? v[i] : sums->minimum[i];
      sums->maximum[i] = v[i] > sums->maximum[i] ? v[i] : sums->maximum[i];
      carried += v[i] < low;
      transformed += v[i] > high;
      sums->unitCells[i] += v[i] < low;
      sums->unitCells[d + i] += v[i] > high;
      open += v[i] > 0.5f;
    }
    uint32_t *cells = sums->groupCells + (size_t)groupOf[row] * 4;
    cells[0] += carried;
    cells[1] -= carried + transformed;
    cells[2] += transformed;
    cells[3] += open;
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
  struct block_sums own;
  struct block blocks[BLOCKS];
  size_t few = groups <= GROUPS ? groups : 0;
  for (size_t begin = 0; begin < n; begin += ROWS) {
    size_t rows = n - begin < ROWS ? n - begin : ROWS;
    int32_t repeated[ROWS];
    const int32_t *group = groups_of(groupOf, rowsPerGroup, begin, rows, repeated);
    // What is neither carried nor transformed is mixed.
    for (size_t row = 0; row < rows; row++) {
      sums->groupCells[(size_t)group[row] * 4 + 1] += (uint32_t)d;
    }
    if (!few) {
      add_rows_of_many_groups(sums, t + begin * stride, stride, group, rows, d, low, high);
    }
    float wide[ROWS][LANES];
    const float *values = rows_of(t, stride, begin, rows, d, wide);
    size_t apart = d < LANES ? LANES : stride;
    for (size_t first = 0; first < d; first += BLOCKS * LANES) {
      size_t count = begin_blocks(&own, blocks, sums, first, d, few);
#define ADD(count) add_rows(&own, blocks, count, values, apart, group, rows, low, high)
      switch (few ? count : 0) {
      case 0: break;
      case 1: ADD(1); break;
      case 2: ADD(2); break;
      case 3: ADD(3); break;
      default: ADD(BLOCKS); break;
      }
#undef ADD
      for (size_t b = 0; b < count; b++)
        count_bins(sums->histogram, bins, d, &blocks[b], values + blocks[b].unit, apart, rows);
      if (few) end_blocks(sums, &own, blocks, count, d, groups);
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
