using System.Diagnostics;
using System.Text;

namespace BroadcastCaptions.ObsPlugin.Host;

/// <summary>Starts programs.</summary>
internal static class Child
{
    /// <summary>Starts one, with nothing to read, its output thrown away, its last words kept.</summary>
    /// <exception cref="IOException">It cannot be started.</exception>
    /// <exception cref="InvalidOperationException">The command is empty.</exception>
    public static IChild Start(IReadOnlyList<string> command)
    {
        if (command.Count == 0) throw new InvalidOperationException("its command is empty");
        if (!File.Exists(command[0])) throw new FileNotFoundException($"there is no {command[0]}");
        return OperatingSystem.IsWindows() ? new WindowsChild(command) : new UnixChild(command);
    }

    /// <summary>By .NET's own means. Not on Unix: there they would take over SIGCHLD and the terminal of the whole host.</summary>
    private sealed class WindowsChild : IChild
    {
        private readonly LastWords _words = new();
        private readonly Process _process;

        public WindowsChild(IReadOnlyList<string> command)
        {
            var start = new ProcessStartInfo(command[0], command.Skip(1))
            {
                RedirectStandardInput = true,
                RedirectStandardError = true,
                StandardErrorEncoding = Encoding.UTF8,
                UseShellExecute = false,
                CreateNoWindow = true,
            };
            _process = Process.Start(start) ?? throw new IOException("it did not start");
            _process.ErrorDataReceived += (_, line) => Keep(line.Data);
            _process.BeginErrorReadLine();
        }

        public int? ExitCode() => _process.HasExited ? _process.ExitCode : null;

        public IReadOnlyList<string> LastWords
        {
            get
            {
                lock (_words) return _words.Lines;
            }
        }

        public void Dispose() => _process.StandardInput.Close();

        private void Keep(string? line)
        {
            if (line is null) return;
            lock (_words) _words.Add(Encoding.UTF8.GetBytes(line + "\n"));
        }
    }
}
