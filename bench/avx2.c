// Preloaded by bench/avx2: every CPUID of the process answers without AVX-512, VNNI and AMX. CPUID is made to fault
// (arch_prctl(2), ARCH_CPUID_SET, inherited by threads); the handler runs it and takes the bits out. What a program itself
// registers for SIGSEGV is called for every other fault.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#define ARCH_CPUID_SET 0x1012
#define BIT(n) (1u << (n))

static struct sigaction theirs;
static int hiding;

static int let_cpuid(int run) { return syscall(SYS_arch_prctl, ARCH_CPUID_SET, run); }

static void hide(unsigned leaf, unsigned subleaf, unsigned r[4]) {
  if (leaf != 7) return;
  if (subleaf == 0) { // Intel SDM, table 3-8
    r[1] &= ~(BIT(16) | BIT(17) | BIT(21) | BIT(26) | BIT(27) | BIT(28) | BIT(30) | BIT(31)); // AVX-512
    r[2] &= ~(BIT(1) | BIT(6) | BIT(11) | BIT(12) | BIT(14)); // its VBMI, VBMI2, VNNI, BITALG, VPOPCNTDQ
    r[3] &= ~(BIT(2) | BIT(3) | BIT(8) | BIT(22) | BIT(23) | BIT(24) | BIT(25)); // 4VNNIW, 4FMAPS, VP2INTERSECT, AMX-BF16, FP16, AMX-TILE, AMX-INT8
  } else if (subleaf == 1) {
    r[0] &= ~(BIT(4) | BIT(5) | BIT(21) | BIT(23)); // AVX-VNNI, BF16, AMX-FP16, AVX-IFMA
    r[3] &= ~(BIT(4) | BIT(5) | BIT(10)); // AVX-VNNI-INT8, NE-CONVERT, VNNI-INT16
  }
}

static void on_fault(int number, siginfo_t *info, void *context) {
  greg_t *at = ((ucontext_t *)context)->uc_mcontext.gregs;
  const unsigned char *code = (const unsigned char *)at[REG_RIP];
  if (info->si_code == SI_KERNEL && code[0] == 0x0f && code[1] == 0xa2) {
    unsigned r[4], leaf = at[REG_RAX], subleaf = at[REG_RCX];
    let_cpuid(1);
    __asm__ volatile("cpuid" : "=a"(r[0]), "=b"(r[1]), "=c"(r[2]), "=d"(r[3]) : "a"(leaf), "c"(subleaf));
    let_cpuid(0);
    hide(leaf, subleaf, r);
    at[REG_RAX] = r[0], at[REG_RBX] = r[1], at[REG_RCX] = r[2], at[REG_RDX] = r[3];
    at[REG_RIP] += 2;
  } else if (theirs.sa_flags & SA_SIGINFO) {
    theirs.sa_sigaction(number, info, context);
  } else if (theirs.sa_handler == SIG_DFL) {
    signal(number, SIG_DFL); // and fault again
  } else if (theirs.sa_handler != SIG_IGN) {
    theirs.sa_handler(number);
  }
}

int sigaction(int number, const struct sigaction *new, struct sigaction *old) {
  static int (*real)(int, const struct sigaction *, struct sigaction *);
  if (!real) real = dlsym(RTLD_NEXT, "sigaction");
  if (number != SIGSEGV || !hiding) return real(number, new, old);
  if (old) *old = theirs;
  if (new) theirs = *new;
  return 0;
}

__attribute__((constructor)) static void begin(void) {
  struct sigaction mine = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
  sigaction(SIGSEGV, &mine, &theirs);
  hiding = 1;
  if (let_cpuid(0)) _exit(77);
}
