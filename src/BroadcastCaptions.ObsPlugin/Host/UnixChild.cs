using System.Runtime.InteropServices;

namespace BroadcastCaptions.ObsPlugin.Host;

/// <summary>A program started by posix_spawn, its input a pipe that closes with us.</summary>
internal sealed unsafe partial class UnixChild : IChild
{
    private const int WriteOnly = 1;
    private const int SetDescriptorFlags = 2, CloseOnExec = 1;
    private const int NoHang = 1;
    private const int Unknown = 255;
    private const int ActionsSize = 256; // glibc: 80 bytes; macOS: a pointer

    private readonly int _id;
    private int _input;
    private int? _code;

    /// <exception cref="IOException">It cannot be started.</exception>
    public UnixChild(IReadOnlyList<string> command)
    {
        var ends = stackalloc int[2];
        if (Libc.pipe(ends) != 0) throw new IOException("no pipe");
        foreach (var end in new ReadOnlySpan<int>(ends, 2)) _ = Libc.fcntl(end, SetDescriptorFlags, CloseOnExec);
        _input = ends[1];
        var actions = stackalloc byte[ActionsSize];
        _ = Libc.posix_spawn_file_actions_init(actions);
        _ = Libc.posix_spawn_file_actions_adddup2(actions, ends[0], 0);
        foreach (var output in (ReadOnlySpan<int>)[1, 2]) _ = Libc.posix_spawn_file_actions_addopen(actions, output, "/dev/null", WriteOnly, 0);
        var arguments = new nint[command.Count + 1];
        for (var i = 0; i < command.Count; i++) arguments[i] = Marshal.StringToCoTaskMemUTF8(command[i]);
        int error;
        fixed (nint* argv = arguments) error = Libc.posix_spawn(out _id, command[0], actions, null, argv, Environment);
        foreach (var argument in arguments) Marshal.FreeCoTaskMem(argument);
        _ = Libc.posix_spawn_file_actions_destroy(actions);
        _ = Libc.close(ends[0]);
        if (error == 0) return;
        _ = Libc.close(_input);
        throw new IOException($"error {error}");
    }

    private static nint* Environment => *(nint**)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "environ");

    /// <inheritdoc/>
    public int? ExitCode()
    {
        if (_code is not null) return _code;
        var ended = Libc.waitpid(_id, out var status, NoHang);
        if (ended == _id) _code = (status & 0x7F) == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F);
        else if (ended < 0) _code = Unknown; // the host has taken its remains
        return _code;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_input != 0) _ = Libc.close(_input);
        _input = 0;
    }

    private static partial class Libc
    {
        private const string Name = "libc";

        [LibraryImport(Name)] internal static partial int pipe(int* ends);

        [LibraryImport(Name)] internal static partial int fcntl(int descriptor, int command, int argument);

        [LibraryImport(Name)] internal static partial int close(int descriptor);

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
