using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>However a captioner ends, the screen is empty and the files are whole.</summary>
[Trait("Category", "EndToEnd")]
public sealed class EndingTests
{
    [Fact]
    public async Task Interrupted_while_somebody_speaks_files_are_complete_and_the_screen_is_cleared()
    {
        await using var show = await Show.BeginAsync();
        await using var obs = await show.Obs.ObserveAsync();
        using var folder = new TemporaryFolder();
        var (srt, vtt, txt) = (folder["a.srt"], folder["a.vtt"], folder["a.txt"]);
        await using var captions = await show.CaptionInObsAsync("--srt", srt, "--vtt", vtt, "--txt", txt);
        await using var player = await show.Obs.Sound.BeginPlayAsync(Show.Sentence.Path);
        await Wait.UntilAsync(async () => SpokenWords.Of(await obs.TextAsync(Show.Captions) ?? "").Count > 5, Wait.Generous, "words");
        var result = await captions.InterruptAsync();
        Assert.Equal(130, result.Code);
        Assert.Equal("", await obs.TextAsync(Show.Captions));
        Assert.Contains("john", SpokenWords.Of(result.FinalText));
        foreach (var file in new[] { srt, vtt, txt }) Assert.Contains("john", SpokenWords.Of(await File.ReadAllTextAsync(file)));
        Assert.StartsWith("WEBVTT", await File.ReadAllTextAsync(vtt), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Started_by_a_program_it_ends_with_its_input_and_what_was_said_is_not_on_standard_error()
    {
        using var home = new TemporaryFolder();
        var environment = new Dictionary<string, string?>
        {
            ["HOME"] = home.Path,
            ["XDG_RUNTIME_DIR"] = home.Folder("run"),
            ["CAPTIONS__MODEL__NAME"] = "moonshine-tiny",
            ["CAPTIONS__MODEL__FOLDER"] = CaptionsProgram.ModelFolder,
            ["CAPTIONS__OBS__ENABLED"] = "false",
        };
        var txt = home["said.txt"];
        string[] live = [.. CaptionsProgram.CommandOf(CaptionsProgram.Tested), "live", "--tap", Show.Sentence.Path, "--tap", "obs", "--txt", txt, "--until-input-ends"];
        await using var captions = await GuardedProcess.StartAsync(["bash", "-c", "sleep 12 | \"$@\"", "-", .. live], environment);
        Assert.Equal(130, await captions.Exited.WaitAsync(Wait.Generous));
        Assert.Contains("john", SpokenWords.Of(await File.ReadAllTextAsync(txt)));
        var errors = string.Join('\n', await captions.Errors.ReadAllAsync().ToListAsync());
        Assert.Contains("plugin: waiting", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Dashwood", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_before_it_began_it_ends_in_good_order()
    {
        await using var show = await Show.BeginAsync();
        foreach (var wait in new[] { 0.1, 0.3, 0.6, 1.0, 1.5 })
        {
            await using var captions = await CaptionsProgram.StartAsync(show.Obs.Environment, "live", "--tap", Show.Monitor, "--json");
            await Task.Delay(TimeSpan.FromSeconds(wait));
            var result = await captions.InterruptAsync();
            Assert.Contains(result.Code, new[] { 0, 130 });
            Assert.DoesNotContain("Exception", result.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Killed_its_text_is_cleared_at_the_next_start()
    {
        await using var show = await Show.BeginAsync();
        await using var obs = await show.Obs.ObserveAsync();
        await using (var captions = await show.CaptionInObsAsync())
        {
            await using var player = await show.Obs.Sound.BeginPlayAsync(Show.Sentence.Path);
            await Wait.UntilAsync(async () => SpokenWords.Of(await obs.TextAsync(Show.Captions) ?? "").Count > 3, Wait.Generous, "words");
            captions.Send(PosixSignalNumber.Kill);
            Assert.Equal(137, (await captions.ResultAsync()).Code);
        }

        Assert.NotEmpty(SpokenWords.Of(await obs.TextAsync(Show.Captions) ?? ""));
        await using var next = await show.CaptionInObsAsync();
        await Wait.UntilAsync(async () => await obs.TextAsync(Show.Captions) is "", Wait.Generous, "the stale text to be cleared");
        Show.AssertSaid(Show.Brief, (await show.PlayAsync(Show.Brief)).Words);
    }
}
