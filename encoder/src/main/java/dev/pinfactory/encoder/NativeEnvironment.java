package dev.pinfactory.encoder;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** The environment variables that native code of this process reads; Java can only read its own copy of them. POSIX. */
final class NativeEnvironment {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup C_LIBRARY = LINKER.defaultLookup();
    private static final long LONGEST = 4_096;

    private NativeEnvironment() {}

    /**
     * Sets a variable.
     *
     * @throws IllegalStateException when the system has no {@code setenv}, or it fails
     */
    static void set(String name, String value) {
        FunctionDescriptor signature = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
        try (Arena arena = Arena.ofConfined()) {
            int failed = (int) LINKER.downcallHandle(symbol("setenv"), signature)
                    .invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
            if (failed != 0) {
                throw new IllegalStateException("the environment variable " + name + " can't be set");
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the environment variable " + name + " can't be set", e);
        }
    }

    static Optional<String> get(String name) {
        FunctionDescriptor signature = FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = (MemorySegment)
                    LINKER.downcallHandle(symbol("getenv"), signature).invokeExact(arena.allocateFrom(name));
            return value.equals(MemorySegment.NULL)
                    ? Optional.empty()
                    : Optional.of(value.reinterpret(LONGEST).getString(0));
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the environment variable " + name + " can't be read", e);
        }
    }

    private static MemorySegment symbol(String function) {
        return C_LIBRARY
                .find(function)
                .orElseThrow(() -> new IllegalStateException("this system's C library has no " + function));
    }
}
