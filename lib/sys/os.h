/* What of the system is used beyond POSIX. ATTIO_PLAIN_POSIX (`make PLAIN=1`) leaves it out, so
 * that what stands for other systems is compiled and run on Linux too. */
#ifndef ATTIO_SYS_OS_H
#define ATTIO_SYS_OS_H

#if defined(__linux__) && !defined(ATTIO_PLAIN_POSIX)
#define ON_LINUX /* epoll, eventfd, prctl, close_range, renameat2 */
#endif

#endif
