using System.Net.Sockets;
using BroadcastCaptions.Bridge.Places;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bridge.Tests;

public sealed class PlaceTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_session_s_runtime_folder_comes_first_then_the_user_s_data()
    {
        Assert.Equal("/run/user/7/broadcast-captions", UnixPlace.FolderOf("/run/user/7", "/home/me/data"));
        Assert.Equal("/home/me/data/broadcast-captions/run", UnixPlace.FolderOf("not/rooted", "/home/me/data"));
        Assert.Equal("/home/me/data/broadcast-captions/run", UnixPlace.FolderOf(null, "/home/me/data"));
    }

    [Fact]
    public void The_folder_is_the_user_s_alone_even_where_it_was_not()
    {
        if (OperatingSystem.IsWindows()) return;
        var path = _folder.Folder("open");
        File.SetUnixFileMode(path, Private | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        UnixPlace.Prepare(path);
        Assert.Equal(Private, File.GetUnixFileMode(path));
        UnixPlace.Prepare(_folder["new", "run"]);
        Assert.Equal(Private, File.GetUnixFileMode(_folder["new", "run"]));
    }

    [Fact]
    public void A_link_is_no_place()
    {
        Directory.CreateSymbolicLink(_folder["link"], _folder.Folder("elsewhere"));
        Assert.Throws<IOException>(() => UnixPlace.Prepare(_folder["link"]));
    }

    [Fact]
    public async Task Our_own_user_is_known_at_both_ends()
    {
        var place = new UnixDomainSocketEndPoint(_folder["s"]);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(place);
        listener.Listen();
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(place);
        using var accepted = await listener.AcceptAsync();
        Assert.True(PeerCredentials.IsOurUser(accepted));
        Assert.True(PeerCredentials.IsOurUser(client));
    }
}
