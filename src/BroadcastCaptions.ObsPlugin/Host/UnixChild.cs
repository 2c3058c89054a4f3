using System.Runtime.InteropServices;

namespace BroadcastCaptions.ObsPlugin.Host;

/// <summary>A program started by posix_spawn, its input a pipe that closes with us, its standard error one that is read whenever it is asked after.</summary>
internal sealed unsafe partial class UnixChild : IChild
{
    private const int WriteOnly = 1;
    private const int SetDescriptorFlags = 2, CloseOnExec = 1, SetStatusFlags = 4;
    private const int NoHang = 1;
    private const int Unknown = 255;
    private const int ActionsSize = 256; // glibc: 80 bytes; macOS: a pointer
    private const int ReadSize = 512;

    private static readonly int NonBlocking = OperatingSystem.IsMacOS() ? 4 : 0x800;

    private readonly LastWords _words = new();
    private readonly int _id;
    private readonly int _errors;
    private int _input;
    private int? _code;

    /// <exception cref="IOException">It cannot be started.</exception>
    public UnixChild(IReadOnlyList<string> command)
    {
        (var itsInput, _input) = Pipe();
        (_errors, var itsErrors) = Pipe();
        _ = Control(_errors, SetStatusFlags, NonBlocking);
        var actions = stackalloc byte[ActionsSize];
        _ = Libc.posix_spawn_file_actions_init(actions);
        _ = Libc.posix_spawn_file_actions_adddup2(actions, itsInput, 0);
        _ = Libc.posix_spawn_file_actions_addopen(actions, 1, "/dev/null", WriteOnly, 0);
        _ = Libc.posix_spawn_file_actions_adddup2(actions, itsErrors, 2);
        var arguments = new nint[command.Count + 1];
        for (var i = 0; i < command.Count; i++) arguments[i] = Marshal.StringToCoTaskMemUTF8(command[i]);
        int error;
        fixed (nint* argv = arguments) error = Libc.posix_spawn(out _id, command[0], actions, null, argv, Environment);
        foreach (var argument in arguments) Marshal.FreeCoTaskMem(argument);
        _ = Libc.posix_spawn_file_actions_destroy(actions);
        _ = Libc.close(itsInput);
        _ = Libc.close(itsErrors);
        if (error == 0) return;
        _ = Libc.close(_input);
        _ = Libc.close(_errors);
        throw new IOException($"error {error}");
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> LastWords => _words.Lines;

    private static nint* Environment => *(nint**)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "environ");

    /// <inheritdoc/>
    public int? ExitCode()
    {
        if (_code is not null) return _code;
        var ended = Libc.waitpid(_id, out var status, NoHang);
        Listen(); // also while it runs: a full pipe would hold it up
        if (ended == 0) return null;
        _ = Libc.close(_errors);
        _code = ended != _id ? Unknown // the host has taken its remains
            : (status & 0x7F) == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F);
        return _code;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_input != 0) _ = Libc.close(_input);
        _input = 0;
    }

    private static (int Out, int In) Pipe()
    {
        var ends = stackalloc int[2];
        if (Libc.pipe(ends) != 0) throw new IOException("no pipe");
        foreach (var end in new ReadOnlySpan<int>(ends, 2)) _ = Control(end, SetDescriptorFlags, CloseOnExec);
        return (ends[0], ends[1]);
    }

    // A function with "..." in C: on Apple's own processors it looks for what stands there on the stack, where a ninth argument goes.
    private static int Control(int descriptor, int command, int argument) => OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64
        ? Libc.fcntl(descriptor, command, 0, 0, 0, 0, 0, 0, argument)
        : Libc.fcntl(descriptor, command, argument);

    private void Listen()
    {
        var said = stackalloc byte[ReadSize];
        for (nint read; (read = Libc.read(_errors, said, ReadSize)) > 0;) _words.Add(new ReadOnlySpan<byte>(said, (int)read));
    }

    private static partial class Libc
    {
        private const string Name = "libc";

        [LibraryImport(Name)] internal static partial int pipe(int* ends);

        [LibraryImport(Name)] internal static partial int fcntl(int descriptor, int command, int argument);

        [LibraryImport(Name)] internal static partial int fcntl(int descriptor, int command, nint x2, nint x3, nint x4, nint x5, nint x6, nint x7, nint argument);

        [LibraryImport(Name)] internal static partial int close(int descriptor);

        [LibraryImport(Name)] internal static partial nint read(int descriptor, byte* into, nuint size);

        [LibraryImport(Name)] internal static partial int waitpid(int id, out int status, int options);

        [LibraryImport(Name)] internal static partial int posix_spawn_file_actions_init(byte* actions);

        [LibraryImport(Name)] internal static partial int posix_spawn_file_actions_destroy(byte* actions);

        [LibraryImport(Name)] internal static partial int posix_spawn_file_actions_adddup2(byte* actions, int descriptor, int to);

        [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
        internal static partial int posix_spawn_file_actions_addopen(byte* actions, int descriptor, string path, int flags, uint mode);

        [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
        internal static partial int posix_spawn(out int id, string path, byte* actions, void* attributes, nint* arguments, nint* environment);
    }
}
