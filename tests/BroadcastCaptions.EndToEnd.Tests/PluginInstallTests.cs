using System.Text.Json.Nodes;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>Install, setup, and what a user does wrong with them, against a real OBS.</summary>
[Trait("Category", "EndToEnd")]
public sealed class PluginInstallTests
{
    [Fact]
    public async Task Installed_while_OBS_runs_it_asks_for_a_restart_and_then_setup_attaches_the_filter_to_the_microphone()
    {
        await using var harness = await ObsHarness.StartAsync();
        var installed = await CaptionsProgram.RunAsync(harness.Environment, "plugin", "install", "--json");
        Assert.Equal(0, installed.Code);
        Assert.Contains("Restart OBS", installed.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await CaptionsProgram.RunAsync(harness.Environment, "plugin", "status")).Code);
        await harness.CloseObsAsync();
        await harness.StartObsAsync();
        Assert.Equal(0, (await CaptionsProgram.RunAsync(harness.Environment, "plugin", "status")).Code);

        await using (var obs = await harness.ObserveAsync())
        {
            await obs.RemoveAudioInputsAsync();
            await obs.AddMicrophoneAsync(await obs.CurrentSceneAsync(), "Microphone", "default"); // the monitor of an output would be none
        }

        for (var time = 0; time < 2; time++) // the second finds it there
        {
            var setup = await CaptionsProgram.RunAsync(harness.Environment, "obs", "setup", "--yes");
            Assert.True(setup.Code == 0, setup.Errors + setup.Output);
            await using var obs = await harness.ObserveAsync();
            var filters = (await obs.AskAsync("GetSourceFilterList", new JsonObject { ["sourceName"] = "Microphone" })).GetProperty("filters");
            Assert.Equal(ObsPlugin.Filter, Assert.Single(filters.EnumerateArray()).GetProperty("filterKind").GetString());
        }
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named_with_its_remedy()
    {
        await using var harness = await ObsHarness.StartAsync(startObs: false);
        var obs = Directory.CreateDirectory(Path.Combine(harness.Home, ".config", "obs-studio")).FullName;
        await File.WriteAllTextAsync(Path.Combine(obs, "plugins"), "a file where the folder should be: nobody can write into it, not even root");
        var installed = await CaptionsProgram.RunAsync(harness.Environment, "plugin", "install");
        Assert.Equal(1, installed.Code);
        Assert.Contains(Path.Combine(obs, "plugins"), installed.Errors, StringComparison.Ordinal);
        Assert.Contains("writable", installed.Errors, StringComparison.Ordinal);
    }
}
