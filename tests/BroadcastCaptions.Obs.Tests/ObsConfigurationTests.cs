using BroadcastCaptions.Obs.Configuration;
using BroadcastCaptions.Options;
using BroadcastCaptions.TestKit.Processes;
using static BroadcastCaptions.Obs.Tests.Fake.FolderFiles;

namespace BroadcastCaptions.Obs.Tests;

public sealed class ObsConfigurationTests : IDisposable
{
    private const string Json = "plugin_config/obs-websocket/config.json";

    private readonly TemporaryFolder _obs = new();
    private readonly TemporaryFolder _flatpak = new();

    public void Dispose()
    {
        _obs.Dispose();
        _flatpak.Dispose();
    }

    [Fact]
    public void Reads_global_ini_as_OBS_28_to_30_write_it()
    {
        Write(_obs, "global.ini", "\uFEFF[General]\r\nServerPort=1\r\n\r\n[OBSWebSocket]\r\nServerEnabled=true\r\nServerPort=4471\r\nServerPassword=a=b\\\\c\r\n\r\n[Other]\r\nServerPort=2\r\n");
        var found = Find();
        Assert.Equal(new ObsEndpoint("127.0.0.1", 4471, "a=b\\c"), found.Endpoint);
        Assert.True(found.ServerEnabled);
    }

    [Fact]
    public void Reads_config_json_as_OBS_31_and_later_write_it()
    {
        Write(_obs, "global.ini", "[General]\nLastVersion=520093697\n");
        Write(_obs, Json, """{"first_load":false,"server_enabled":true,"server_port":4488,"auth_required":true,"server_password":"pass","alerts_enabled":false}""");
        Assert.Equal(new ObsEndpoint("127.0.0.1", 4488, "pass"), Find().Endpoint);
        Assert.True(Find().ServerEnabled);
    }

    [Fact]
    public void A_section_in_global_ini_wins_because_OBS_31_takes_it_over_at_its_next_start()
    {
        Write(_obs, "global.ini", "[OBSWebSocket]\nServerEnabled=true\nServerPort=4471\nAuthRequired=false\n");
        Write(_obs, Json, """{"server_enabled":false,"server_port":4488}""");
        Assert.Equal(4471, Find().Endpoint.Port);
    }

    [Fact]
    public void Off_where_nothing_is_said_and_unknown_where_there_is_no_OBS()
    {
        Assert.False(Find().ServerEnabled);
        var none = ObsConfiguration.Find(new ObsOptions(), ["/no/such/folder"], _ => false);
        Assert.Null(none.ServerEnabled);
        Assert.Equal(new ObsEndpoint("127.0.0.1", 4455, null), none.Endpoint);
    }

    [Theory]
    [InlineData("{ not json")]
    [InlineData("[1]")]
    [InlineData("""{"server_port":"text","server_enabled":1,"server_password":null}""")]
    public void A_broken_file_says_nothing(string text)
    {
        Write(_obs, Json, text);
        Assert.Equal(new ObsEndpoint("127.0.0.1", 4455, null), Find().Endpoint);
        Assert.False(Find().ServerEnabled);
    }

    [Fact]
    public void No_password_where_OBS_asks_for_none()
    {
        Write(_obs, "global.ini", "[OBSWebSocket]\nServerEnabled=1\nAuthRequired=false\nServerPassword=old\n");
        Assert.Null(Find().Endpoint.Password);
    }

    [Fact]
    public void Explicit_options_win()
    {
        Write(_obs, "global.ini", "[OBSWebSocket]\nServerEnabled=true\nServerPort=4471\nServerPassword=file\n");
        Assert.Equal(new ObsEndpoint("localhost", 5000, "mine"), Find(new ObsOptions { Host = "localhost", Port = 5000, Password = "mine" }).Endpoint);
        Assert.Equal("file", Find(new ObsOptions { Port = 5000 }).Endpoint.Password);
    }

    [Fact]
    public void Files_of_this_machine_say_nothing_about_an_OBS_on_another()
    {
        Write(_obs, "global.ini", "[OBSWebSocket]\nServerEnabled=true\nServerPort=4471\nServerPassword=file\n");
        var found = Find(new ObsOptions { Host = "192.0.2.7" });
        Assert.Equal(new ObsEndpoint("192.0.2.7", 4455, null), found.Endpoint);
        Assert.Null(found.ServerEnabled);
    }

    [Fact]
    public void Of_two_installations_the_running_one_counts_then_the_enabled_one()
    {
        Write(_obs, "global.ini", "[OBSWebSocket]\nServerEnabled=false\nServerPort=1111\n");
        Write(_flatpak, "global.ini", "[OBSWebSocket]\nServerEnabled=true\nServerPort=2222\n");
        Assert.Equal(2222, Find().Endpoint.Port);
        Assert.Equal(1111, Find(running: _obs.Path).Endpoint.Port);
    }

    [Fact]
    public void Every_place_of_every_platform()
    {
        Assert.Equal(["/home/ann/.config/obs-studio", "/home/ann/.var/app/com.obsproject.Studio/config/obs-studio"], ObsFolders.Linux("/home/ann", null));
        Assert.Equal("/else/obs-studio", ObsFolders.Linux("/home/ann", "/else")[0]);
        Assert.Equal(["/Users/ann/Library/Application Support/obs-studio"], ObsFolders.Mac("/Users/ann"));
        Assert.Equal([Path.Combine("C:\\Users\\ann\\AppData\\Roaming", "obs-studio")], ObsFolders.Windows("C:\\Users\\ann\\AppData\\Roaming"));
    }

    [Fact]
    public void The_password_is_in_no_text_form()
    {
        Assert.DoesNotContain("secret", new ObsEndpoint("h", 1, "secret").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", new ObsServerSettings(Password: "secret").ToString(), StringComparison.Ordinal);
    }

    private ObsConfiguration Find(ObsOptions? options = null, string? running = null) =>
        ObsConfiguration.Find(options ?? new ObsOptions(), [_obs.Path, _flatpak.Path], path => path == running);
}
