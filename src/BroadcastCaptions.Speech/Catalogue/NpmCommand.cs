using System.ComponentModel;
using System.Diagnostics;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>Asks the installed npm, which knows the user's registry and proxy.</summary>
internal sealed class NpmCommand : INpm
{
    public async Task<Uri> LocateAsync(string package, CancellationToken cancellation)
    {
        using var npm = Start(["view", package, "dist.tarball", "--loglevel=silent", "--fetch-retries=0", "--fetch-timeout=10000"]);
        npm.ErrorDataReceived += static (_, _) => { };
        npm.BeginErrorReadLine();
        try
        {
            var said = await npm.StandardOutput.ReadToEndAsync(cancellation);
            await npm.WaitForExitAsync(cancellation);
            if (npm.ExitCode == 0 && Uri.TryCreate(said.Trim(), UriKind.Absolute, out var address)) return address;
        }
        catch (OperationCanceledException)
        {
            npm.Kill(entireProcessTree: true);
            throw;
        }

        throw new SourceException("does not reach its registry") { IsUnreachable = true };
    }

    private static Process Start(IReadOnlyList<string> arguments)
    {
        // On Windows npm is a script, which only the shell finds.
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd.exe", ["/d", "/c", "npm", .. arguments]) : new("npm", arguments);
        start.WorkingDirectory = Path.GetTempPath(); // not in some project's folder, whose own npm settings are none of ours
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new SourceException("is not installed", e) { IsUnreachable = true };
        }
    }
}
