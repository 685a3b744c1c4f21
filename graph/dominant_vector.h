#pragma once

#include <functional>
#include <vector>

#include "graph/run_control.h"

namespace tercet {

/// y = M x for a square matrix M without negative entries. x and y have equal size.
using Multiply = std::function<void(const std::vector<double>& x, std::vector<double>& y)>;

/// The eigenvector of the eigenvalue of M with the largest real part, of Euclidean length 1 and
/// without negative entries: what Arnoldi's method, restarted on its best vector, makes of `start`
/// (not zero). Stops at a residual of 1e-12 times the eigenvalue, or after 250 restarts (a matrix
/// whose first eigenvalue is defective converges slowly). Zero if M maps start to zero.
/// Source: Saad 2011, Numerical Methods for Large Eigenvalue Problems, chapter 6.
std::vector<double> dominant_vector(const Multiply& multiply, std::vector<double> start,
                                    const RunControl& control);

}  // namespace tercet
