/* SPDX-License-Identifier: Apache-2.0 */
/* archive.h - the only door to libarchive: a file as a sequence of members. A zip or tar has many, a
 * compressed or plain file has one. Nothing is ever written to disk. */
#ifndef PT_PATENT_ARCHIVE_H
#define PT_PATENT_ARCHIVE_H

#include "base/status.h"
#include "patent/bytes.h"

typedef struct pt_archive pt_archive;

/* Errors: PT_ERR_NO_INPUT when the file cannot be opened or is a folder. */
pt_status pt_archive_open(pt_archive **out, const char *path, pt_error *err) PT_WARN_UNUSED;
void pt_archive_close(pt_archive *archive); /* NULL is fine */

/* Moves to the next regular member; false at the end or when the archive is damaged (pt_archive_trouble). */
bool pt_archive_next(pt_archive *archive);
/* Name of the member, "" for the one member of a file that is no archive; borrowed until the next one. */
const char *pt_archive_member(const pt_archive *archive);
/* The member's bytes, unpacked. */
pt_bytes pt_archive_bytes(pt_archive *archive);

/* Why reading ended early, or NULL: damage, a password, a bomb (the unpacked size is over 1 GiB and
 * over 200 times the packed one). *is_io tells trouble with the disk from trouble with the data. */
const char *pt_archive_trouble(const pt_archive *archive, bool *is_io);

/* Whether bytes at the start of a file are those of an archive or a compressed file that this reads. */
bool pt_archive_is_packed(const unsigned char *head, size_t n);

#endif
