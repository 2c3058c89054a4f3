using System.Globalization;
using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>The first thing that anybody runs: no OBS, no microphone, no set-up.</summary>
[Collection(Alone.Name)]
public sealed class DemoTests
{
    private const int SpareTime = 5; // SCHED_IDLE
    private const int UserTime = 11, Policy = 38; // fields behind the name in brackets; man 5 proc

    /// <summary>The published program, which the other tests run, and the one that <c>dotnet run</c> starts.</summary>
    public static TheoryData<string> Programs { get; } = [.. new[] { CaptionsProgram.Tested, CaptionsProgram.Built }.Distinct()];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task The_demo_captions_the_bundled_recording_and_leaves_the_cores_to_others(string program)
    {
        using var home = new TemporaryFolder();
        var environment = new Dictionary<string, string?> { ["HOME"] = home.Path, ["XDG_RUNTIME_DIR"] = home.Folder("run") };
        await using var demo = await CaptionsProgram.StartAsync(program, environment, ["demo", "--json"]);
        await demo.EventAsync("final", final => SpokenWords.Of(final.GetProperty("text").GetString()!).Contains("times"), "the best of times");
        // Waits, not beyond the demo's end: a thread is scheduled like any other in its first milliseconds, and one that yields may work late, or be there beside its successor for
        // a while, where others want the cores.
        if (OperatingSystem.IsLinux()) await Wait.UntilAsync(() => Yields(Recognizing(demo.Id)), TimeSpan.FromSeconds(30), "what recognises, working in spare time only");
        var result = await demo.InterruptAsync();
        Assert.Equal(130, result.Code);
    }

    private static bool Yields(List<(int Policy, bool HasWorked)> threads) =>
        threads.TrueForAll(thread => thread.Policy == SpareTime) && threads.Exists(thread => thread.HasWorked);

    /// <summary>How the threads that recognise are scheduled, and whether they have worked.</summary>
    private static List<(int Policy, bool HasWorked)> Recognizing(int process) =>
    [
        .. from stat in Directory.EnumerateDirectories($"/proc/{process}/task").Select(StatOf)
           where stat.Contains("(captions-yield)", StringComparison.Ordinal)
           let fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')
           select (int.Parse(fields[Policy], CultureInfo.InvariantCulture), fields[UserTime] != "0"),
    ];

    private static string StatOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "stat"));
        }
        catch (IOException)
        {
            return ""; // the thread has ended since
        }
    }
}
