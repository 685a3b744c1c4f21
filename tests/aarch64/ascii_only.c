/* Stands in for the Unicode tables and SHA-256 of libraries that are not there for AArch64. The words
 * of labels.cc are ASCII and nothing asks for a hash; what is checked is arithmetic. */
#include <sodium.h>
#include <stdlib.h>
#include <utf8proc.h>

utf8proc_int32_t utf8proc_tolower(utf8proc_int32_t c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }
utf8proc_category_t utf8proc_category(utf8proc_int32_t c) {
  (void)c;
  return UTF8PROC_CATEGORY_CN;
}
int utf8proc_isupper(utf8proc_int32_t c) { return c >= 'A' && c <= 'Z'; }
int utf8proc_islower(utf8proc_int32_t c) { return c >= 'a' && c <= 'z'; }
utf8proc_ssize_t utf8proc_decompose_char(utf8proc_int32_t c, utf8proc_int32_t* out,
                                         utf8proc_ssize_t size, utf8proc_option_t options, int* last) {
  (void)c, (void)out, (void)size, (void)options, (void)last;
  abort();
}
utf8proc_ssize_t utf8proc_map(const utf8proc_uint8_t* in, utf8proc_ssize_t size,
                              utf8proc_uint8_t** out, utf8proc_option_t options) {
  (void)in, (void)size, (void)out, (void)options;
  abort();
}
int crypto_hash_sha256(unsigned char* out, const unsigned char* in, unsigned long long size) {
  (void)out, (void)in, (void)size;
  abort();
}
