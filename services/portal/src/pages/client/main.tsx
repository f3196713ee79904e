document.title = 'Umuhuza';
