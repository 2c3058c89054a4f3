using System.Diagnostics;
using System.Globalization;

namespace BroadcastCaptions.Captions.Tests.Sidecars;

public sealed class KilledTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("killed-").FullName;

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(200)]
    public async Task A_captioner_that_is_killed_leaves_valid_files_with_all_it_had_said(int after)
    {
        var path = Path.Combine(_folder, "talk");
        var written = await WriteAndKill(path, after);
        Assert.InRange(written, after, int.MaxValue);
        var expected = Enumerable.Range(1, written).Select(n => $"Final {n}.").ToArray();
        Assert.Equal(expected, CaptionFile.Srt(await File.ReadAllTextAsync(path + ".srt")).Select(cue => cue.Text).Take(written));
        Assert.Equal(expected, CaptionFile.Vtt(await File.ReadAllTextAsync(path + ".vtt")).Select(cue => cue.Text).Take(written));
        Assert.Equal(expected, (await File.ReadAllLinesAsync(path + ".txt")).Take(written));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Lets a writer run until it has said that many finals, kills it (SIGKILL), and returns how many it said in all.</summary>
    private static async Task<int> WriteAndKill(string path, int after)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            ArgumentList = { typeof(KilledTests).Assembly.Location, path },
        };
        using var writer = Process.Start(start)!;
        var written = 0;
        while (await writer.StandardOutput.ReadLineAsync() is { } line)
        {
            written = int.Parse(line, CultureInfo.InvariantCulture);
            if (written == after) writer.Kill();
        }

        await writer.WaitForExitAsync();
        return written;
    }
}
