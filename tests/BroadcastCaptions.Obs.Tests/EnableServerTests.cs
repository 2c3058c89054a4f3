using System.Text.Json.Nodes;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;
using BroadcastCaptions.TestKit.Processes;
using static BroadcastCaptions.Obs.Tests.Fake.FolderFiles;

namespace BroadcastCaptions.Obs.Tests;

public sealed class EnableServerTests : IDisposable
{
    private const string Json = "plugin_config/obs-websocket/config.json";

    private readonly TemporaryFolder _obs = new();

    public void Dispose() => _obs.Dispose();

    [Fact]
    public void Changes_only_its_section_of_global_ini_and_keeps_a_copy()
    {
        const string before = "\uFEFF[General]\r\nFirstRun=true\r\n\r\n[OBSWebSocket]\r\nFirstLoad=false\r\nServerEnabled=false\r\nServerPassword=mine\r\n\r\n[BasicWindow]\r\ngeometry=AdnQ\\\\ywAD\r\n";
        Write(_obs, "global.ini", before);
        var enabled = Find().EnableServer();
        Assert.True(enabled.ServerEnabled);
        Assert.Equal("mine", enabled.Endpoint.Password);
        Assert.Equal(
            before.Replace("ServerEnabled=false", "ServerEnabled=true", StringComparison.Ordinal)
                .Replace("ServerPassword=mine\r\n", "ServerPassword=mine\r\nServerPort=4455\r\nAuthRequired=true\r\n", StringComparison.Ordinal),
            ReadRaw("global.ini"));
        Assert.Equal(before, ReadRaw("global.ini.before-captions"));
    }

    [Fact]
    public void Adds_the_section_where_it_is_missing_and_makes_a_password()
    {
        Write(_obs, "global.ini", "[General]\nLastVersion=486539266\n");
        var enabled = Find().EnableServer();
        Assert.True(enabled.ServerEnabled);
        Assert.Matches("^[A-Za-z0-9]{16}$", enabled.Endpoint.Password);
        Assert.StartsWith("[General]\nLastVersion=486539266\n\n[OBSWebSocket]\nServerEnabled=true\n", Read(_obs, "global.ini"), StringComparison.Ordinal);
        Assert.NotEqual(enabled.Endpoint.Password, PasswordMadeElsewhere());
    }

    [Fact]
    public void Changes_config_json_of_OBS_31_and_keeps_what_it_does_not_know()
    {
        Write(_obs, Json, """{"first_load":false,"server_enabled":false,"server_port":4488,"auth_required":true,"server_password":"pass","new_thing":[1,2]}""");
        Assert.Equal(new ObsEndpoint("127.0.0.1", 4488, "pass"), Find().EnableServer().Endpoint);
        var after = JsonNode.Parse(Read(_obs, Json))!;
        Assert.True((bool)after["server_enabled"]!);
        Assert.Equal("[1,2]", after["new_thing"]!.ToJsonString());
    }

    [Fact]
    public void A_fresh_OBS_31_gets_the_json_file()
    {
        Write(_obs, "global.ini", "[General]\nLastVersion=520093697\n"); // 31.0.1
        Assert.True(Find().EnableServer().ServerEnabled);
        Assert.True(File.Exists(Path.Combine(_obs.Path, Json)));
        Assert.Equal("[General]\nLastVersion=520093697\n", Read(_obs, "global.ini"));
    }

    [Fact]
    public void Leaves_a_server_without_password_as_the_user_wants_it()
    {
        Write(_obs, Json, """{"server_enabled":false,"auth_required":false}""");
        Assert.Null(Find().EnableServer().Endpoint.Password);
    }

    [Fact]
    public void Refuses_while_OBS_runs_and_leaves_the_file_alone()
    {
        Write(_obs, "global.ini", "[OBSWebSocket]\nServerEnabled=false\n");
        var refused = Assert.Throws<CaptionsException>(() => Find(running: true).EnableServer());
        Assert.Contains("Tools → WebSocket Server Settings → Enable WebSocket server", refused.Remedy, StringComparison.Ordinal);
        Assert.Equal("[OBSWebSocket]\nServerEnabled=false\n", Read(_obs, "global.ini"));
    }

    [Fact]
    public void Says_so_where_there_is_no_OBS() =>
        Assert.Throws<CaptionsException>(() => ObsConfiguration.Find(new ObsOptions(), [], _ => false).EnableServer());

    [Fact]
    public void Keeps_links_and_permissions()
    {
        if (OperatingSystem.IsWindows()) return; // no such permissions there
        var target = Write(_obs, "elsewhere/real.ini", "[OBSWebSocket]\nServerEnabled=false\nAuthRequired=false\n");
        File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(Path.Combine(_obs.Path, "global.ini"), target);
        Find().EnableServer();
        Assert.NotNull(new FileInfo(Path.Combine(_obs.Path, "global.ini")).LinkTarget);
        Assert.Contains("ServerEnabled=true", File.ReadAllText(target), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(target));
    }

    private string ReadRaw(string name) => System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(_obs.Path, name)));

    private ObsConfiguration Find(bool running = false) => ObsConfiguration.Find(new ObsOptions(), [_obs.Path], _ => running);

    private static string? PasswordMadeElsewhere()
    {
        using var folder = new TemporaryFolder();
        return ObsConfiguration.Find(new ObsOptions(), [folder.Path], _ => false).EnableServer().Endpoint.Password;
    }
}
